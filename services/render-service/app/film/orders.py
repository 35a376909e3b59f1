"""What is asked of the studio, what it gives back, and whom it talks to meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from uuid import UUID

from app.film.branding import unbranded
from app.film.formats import FrameFormat
from app.film.grading import FilmLight
from app.film.values import FilmError
from app.film.voicing import Speech
from contracts.script import Script


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """A film to make: its script, its frame, and the photos at hand, by asset.

    A scene with a clip, by position, plays it instead of its photo. Without `branded` the film
    shows and says nothing of the agency; with `burned` captions are drawn into the picture; without
    `matched` exposure and white balance of the photos stay as they are; they are matched to the
    `light` of an earlier make of the film, if there was one. `music` is heard instead of the bed
    of our own, under the `speech` of scenes, by position; a `silent` film has none of them.
    """

    script: Script
    frame: FrameFormat
    photos: Mapping[UUID, Path]
    clips: Mapping[int, Path] = field(default_factory=dict)
    branded: bool = True
    burned: bool = False
    matched: bool = True
    light: FilmLight | None = None
    music: Path | None = None
    silent: bool = False
    speech: Mapping[int, Speech] = field(default_factory=dict)

    @property
    def cut(self) -> "FilmOrder":
        """The order with the script and the frame that are filmed."""
        return replace(
            self,
            script=self.script if self.branded else unbranded(self.script),
            frame=self.frame.model_copy(update={"captions_burned": self.burned}),
        )


@dataclass(frozen=True, slots=True)
class Film:
    """A finished film: files in the studio's folder, duration in seconds.

    `captions` is the text of a WebVTT file, `subtitles` the same as SubRip.
    Poster and storyboard (all scenes on one sheet) are JPEG, the preview is an animated WebP of
    three seconds; `disclosures` are sentences on how the scenes were made. `light` is what the
    photos were matched to. `glyphs_missing` are signs that no typeface has, by position of the
    scene whose words lack them in the picture.
    """

    video: Path
    poster: Path
    storyboard: Path
    preview: Path
    captions: str
    subtitles: str
    duration_s: float
    disclosures: tuple[str, ...]
    light: FilmLight | None = None
    glyphs_missing: Mapping[int, str] = field(default_factory=dict)


class ScenesFailedError(FilmError):
    """Scenes that could not be rendered, by position; the others are finished and kept."""

    def __init__(self, failures: Mapping[int, FilmError]) -> None:
        first = failures[min(failures)]
        super().__init__("scenes_failed", f"scene {min(failures)}: {first.detail}")
        self.failures = failures


class SegmentStore(Protocol):
    """Keeps finished segments, so that a film taken up again makes none of them twice."""

    async def fetch(self, key: str, target: Path) -> bool:
        """Copy the segment to `target`; False when there is none."""

    async def keep(self, key: str, source: Path) -> None:
        """Keep a finished segment."""


class FilmWatcher(Protocol):
    """Hears how a film comes along; scenes by their position in the script."""

    async def picture_refused(self, scene: int, reason: FilmError) -> None:
        """A photo cannot be used; its scene will be a card."""

    async def stills_drawn(self, poster: Path, storyboard: Path) -> None:
        """Poster and storyboard are there, long before the film."""

    async def scene_started(self, scene: int) -> None:
        """The scene's clip is being rendered."""

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        """The scene's clip is in the store under `key`; `file` is a copy."""

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        """The scene could not be rendered."""

    def frames_done(self, done: int, total: int) -> None:
        """So many frames of the film are encoded; called often."""
