"""The rules of a render's life, as plain functions on its contract."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.asset import Room
from contracts.render import (
    AspectRatio,
    CaptionStyle,
    Render,
    RenderProfile,
    RenderScene,
    RenderStatus,
    SceneStatus,
    SoundStyle,
)
from contracts.script import Scene, ScenePart, Script

#: The shares of the progress bar, in percent: photos fetched, frames encoded, film joined.
_FETCHED, _ENCODED = 5, 95

#: The share of the progress bar at which every clip is bought, in percent.
_BOUGHT = 50

#: Parts of a film that are drawn, whatever picture they may name.
_CARDS = frozenset({ScenePart.CARD, ScenePart.FIGURES, ScenePart.CLOSING})

Mode = Literal["stub", "live"]
Provider = Literal["local", "runway"]

FINISHED = frozenset({RenderStatus.COMPLETED, RenderStatus.FAILED, RenderStatus.CANCELLED})


class Stage(StrEnum):
    """What a render is busy with."""

    QUEUED = "queued"
    GENERATING_CLIPS = "generating_clips"
    WAITING_FOR_PROVIDER = "waiting_for_provider"
    FETCHING_PICTURES = "fetching_pictures"
    RENDERING_SCENES = "rendering_scenes"
    ASSEMBLING = "assembling"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StoredFile(BaseModel):
    """A file in the storage: its key, its size in bytes, its sha256 in hexadecimal."""

    model_config = ConfigDict(frozen=True)

    key: str
    size: int
    sha256: str


class FilmFiles(BaseModel):
    """The files of a finished film; those that earlier versions did not make may be absent."""

    model_config = ConfigDict(frozen=True)

    video: StoredFile
    captions: StoredFile
    subtitles: StoredFile | None = None
    preview: StoredFile | None = None
    manifest: StoredFile | None = None


class Stills(BaseModel):
    """Pictures of a film that are there before it."""

    model_config = ConfigDict(frozen=True)

    poster: StoredFile
    storyboard: StoredFile


class Cut(BaseModel):
    """How a script is made into a film: its frame, what is seen of the agency, what is heard."""

    model_config = ConfigDict(frozen=True)

    aspect_ratio: AspectRatio
    profile: RenderProfile
    branding: bool = True
    captions: CaptionStyle = CaptionStyle.BESIDE
    sound: SoundStyle = SoundStyle.AUTO


def new_render(
    render_id: UUID,
    script: Script,
    *,
    cut: Cut,
    mode: Mode,
    now: datetime,
) -> Render:
    """A queued render of a script, with a scene for each of the script's."""
    return Render(
        id=render_id,
        poi_id=script.poi_id,
        script_id=script.id,
        status=RenderStatus.QUEUED,
        stage=Stage.QUEUED,
        progress=0,
        mode=mode,
        **dict(cut),
        scenes=tuple(
            RenderScene(
                index=position,
                status=SceneStatus.QUEUED,
                provider=scene_provider(mode, scene),
                provider_job_id=None,
                duration_s=scene.duration_s,
                attempts=0,
                credits=None,
                error=None,
            )
            for position, scene in enumerate(script.scenes)
        ),
        video=None,
        poster_url=None,
        captions_url=None,
        error=None,
        created_at=now,
        updated_at=now,
        completed_at=None,
    )


def shows_photo(scene: Scene) -> bool:
    """Whether a scene is about a photo or a plan; others are drawn cards."""
    return scene.asset_id is not None and scene.part not in _CARDS


def scene_provider(mode: Mode, scene: Scene) -> Provider:
    """Who makes a scene's picture.

    Drawn cards and plans are made here in every mode: every line of a plan is a fact.
    """
    is_bought = mode == "live" and shows_photo(scene) and scene.room is not Room.PLAN
    return "runway" if is_bought else "local"


def progress_of_clips(shares: Sequence[float]) -> int:
    """Percent, while clips are bought; the share of each that is done, 0–1."""
    return int(_BOUGHT * sum(shares) / max(len(shares), 1))


def progress_of_photos(fetched: int, wanted: int) -> int:
    """Percent, while photos are fetched."""
    return _FETCHED * fetched // max(wanted, 1)


def progress_of_frames(done: int, total: int) -> int:
    """Percent, while frames are encoded."""
    return _FETCHED + (_ENCODED - _FETCHED) * done // total
