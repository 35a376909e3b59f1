"""What a script writer is given, and what it gives back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from common.folding import fold
from contracts.asset import Asset, AssetType, ContentStatus, Room
from contracts.poi import Poi
from contracts.script import Language, Motion, Scene, ScriptAspectRatio

_MUSIC_WORDS = frozenset({"music", "musique", "soundtrack", "song", "chanson", "ambiance"})


class Tone(StrEnum):
    """How a film speaks; the facts stay the same."""

    NEUTRAL = "neutral"
    WARM = "warm"
    LUXURY = "luxury"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class ScriptOrder:
    """What is asked for; `duration_s` in whole seconds, 15 to 90."""

    language: Language = "fr"
    aspect_ratio: ScriptAspectRatio = ScriptAspectRatio.LANDSCAPE
    duration_s: int = 30
    tone: Tone = Tone.NEUTRAL


class Quality(StrEnum):
    """How well a photo shows what it shows."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Sight:
    """What looking at a photo tells of it."""

    room: Room
    quality: Quality
    best_motion: Motion


@dataclass(frozen=True, slots=True)
class ScriptBrief:
    """A property, what it has to show, what was said of it, and the film that is wanted.

    `transcripts` are texts recognised in the property's videos and audio; `sights` is what is
    known of photos, by asset id, where somebody has looked at them.
    """

    poi: Poi
    assets: tuple[Asset, ...]
    transcripts: tuple[str, ...]
    order: ScriptOrder
    sights: Mapping[UUID, Sight] = field(default_factory=dict)

    def seen(self, sights: Mapping[UUID, Sight]) -> "ScriptBrief":
        """The brief with what was seen; a room that somebody has named stays as it was named."""
        assets = tuple(
            (
                asset.model_copy(update={"room": sights[asset.id].room})
                if asset.id in sights and asset.room is Room.OTHER
                else asset
            )
            for asset in self.assets
        )
        return replace(self, assets=assets, sights=sights)

    def sight_of(self, asset_id: UUID | None) -> Sight | None:
        """What was seen in a picture; None where nobody has looked, or there is none."""
        return self.sights.get(asset_id) if asset_id else None

    @property
    def music(self) -> Asset | None:
        """The audio asset that is music: its metadata or its name says so; the first by position.

        Any other sound may be somebody speaking, which is no bed for a film.
        """
        found = [asset for asset in self.assets if _is_music(asset)]
        return min(found, key=lambda a: (a.position is None, a.position or 0, a.id), default=None)

    @property
    def pictures(self) -> tuple[Asset, ...]:
        """Photos and drawn plans that can be shown."""
        return tuple(asset for asset in self.assets if _can_be_shown(asset))


@dataclass(frozen=True, slots=True)
class ScriptDraft:
    """What a writer gives back; nobody has checked it yet."""

    title: str
    scenes: tuple[Scene, ...]

    @property
    def total_duration_s(self) -> float:
        """The sum of the scenes' durations, in seconds."""
        return sum(scene.duration_s for scene in self.scenes)


def _is_music(asset: Asset) -> bool:
    if asset.asset_type is not AssetType.AUDIO:
        return False
    if asset.content_status is not ContentStatus.AVAILABLE:
        return False
    words = set(re.findall(r"[a-z]+", fold(asset.name)))
    return asset.metadata.get("use") == "music" or bool(words & _MUSIC_WORDS)


def _can_be_shown(asset: Asset) -> bool:
    if asset.content_status is not ContentStatus.AVAILABLE:
        return False
    if asset.asset_type is AssetType.PLAN:  # a plan may also be a PDF
        return (asset.mime_type or "").startswith("image/")
    return asset.asset_type is AssetType.PHOTO
