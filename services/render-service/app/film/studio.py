"""The studio: conducts a film from the event loop, with child processes for all that burns CPU."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from app.film.captions import caption_cues, webvtt
from app.film.formats import FrameFormat
from app.film.jobs import AssembleFilm, ClipReady, PrepareClip, PreparePicture, RenderSegment
from app.film.plan import FilmPlan, PlannedSegment, plan_film
from app.film.renderers import Renderers
from app.film.shots import PictureFiles, WorkingPicture
from app.film.values import FilmError
from contracts.asset import Room
from contracts.script import Scene, Script

_PREPARE_CPU_S = 30
_ASSEMBLE_CPU_S = 120

#: CPU seconds allowed to a segment: a start, and for each frame of a million pixels. Measured:
#: 0.01 s for drawing alone, which is what the limit counts; ffmpeg has as much again.
_SEGMENT_CPU_S, _FRAME_CPU_S_PER_MEGAPIXEL = 20, 0.3


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """A film to make: its script, its frame, and the photos at hand, by asset.

    A scene with a clip, by position, plays it instead of its photo.
    """

    script: Script
    frame: FrameFormat
    photos: Mapping[UUID, Path]
    clips: Mapping[int, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Film:
    """A finished film: files in the studio's folder, captions as WebVTT, duration in seconds."""

    video: Path
    poster: Path
    captions: str
    duration_s: float


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

    async def scene_started(self, scene: int) -> None:
        """The scene's clip is being rendered."""

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        """The scene's clip is in the store under `key`; `file` is a copy."""

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        """The scene could not be rendered."""

    def frames_done(self, done: int, total: int) -> None:
        """So many frames of the film are encoded; called often."""


class FilmStudio:
    """Makes films, one at a time or several; each with `children` processes of its own."""

    def __init__(self, *, children: int = 2, max_megapixels: int = 100) -> None:
        self._children = children
        self._max_megapixels = max_megapixels

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        """Make a film in an empty folder; cancelling kills the children at once.

        A photo that cannot be decoded costs its scene a card. Raises ScenesFailedError once all
        other scenes are finished, FilmError when the film cannot be planned or joined.
        """
        async with Renderers.of(self._children) as children:
            shoot = _Shoot(order, folder, store, watcher, children)
            pictures = await shoot.prepare_pictures(self._max_megapixels)
            ready = await shoot.prepare_clips()
            stills = {position: each.picture for position, each in ready.items()}
            clips = {position: each.clip for position, each in ready.items()}
            plan = plan_film(order.script, order.frame, {**pictures, **stills}, clips)
            return await shoot.assemble(plan, await shoot.render_segments(plan))


class _Shoot:
    """One film in the making."""

    def __init__(
        self,
        order: FilmOrder,
        folder: Path,
        store: SegmentStore,
        watcher: FilmWatcher,
        children: Renderers,
    ) -> None:
        self._order = order
        self._folder = folder
        self._store = store
        self._watcher = watcher
        self._children = children
        self._pictures = PictureFiles(folder=folder)
        self._frames_done: dict[int, int] = {}

    async def prepare_pictures(self, max_megapixels: int) -> dict[int, WorkingPicture]:
        """Working pictures by position of their scene; those that cannot be had are left out."""
        pictures: dict[int, WorkingPicture] = {}

        async def prepare(position: int, scene: Scene, photo: Path) -> None:
            job = PreparePicture(
                cpu_limit_s=_PREPARE_CPU_S,
                photo=photo,
                is_plan=scene.room is Room.PLAN,
                seconds=scene.duration_s,
                max_megapixels=max_megapixels,
                frame=self._order.frame,
                pictures=self._pictures,
            )
            try:
                pictures[position] = await self._children.prepare(job)
            except FilmError as reason:
                await self._watcher.picture_refused(position, reason)

        photos = self._order.photos
        await _together(
            prepare(position, scene, photos[scene.asset_id])
            for position, scene in enumerate(self._order.script.scenes)
            if scene.asset_id is not None
            and scene.asset_id in photos
            and position not in self._order.clips
        )
        return pictures

    async def prepare_clips(self) -> dict[int, ClipReady]:
        """The clips by position of their scene. Raises FilmError when one cannot be played."""
        ready: dict[int, ClipReady] = {}

        async def prepare(position: int, clip: Path) -> None:
            ready[position] = await self._children.prepare_clip(
                PrepareClip(
                    cpu_limit_s=_PREPARE_CPU_S,
                    clip=clip,
                    frame=self._order.frame,
                    pictures=self._pictures,
                )
            )

        await _together(prepare(*clip) for clip in self._order.clips.items())
        return ready

    async def render_segments(self, plan: FilmPlan) -> list[Path]:
        """The files of all segments, in order. Raises ScenesFailedError."""
        failures: dict[int, FilmError] = {}
        total = plan.timeline.frames

        async def render(number: int, planned: PlannedSegment, target: Path) -> None:
            try:
                await self._render(number, planned, target, total)
            except FilmError as reason:
                if planned.scene not in failures:
                    failures[planned.scene] = reason
                    await self._watcher.scene_failed(planned.scene, reason)

        numbered = list(enumerate(plan.segments()))
        files = [self._folder / f"segment-{number:03}.mp4" for number, _ in numbered]
        waiting = iter(sorted(numbered, key=lambda entry: not entry[1].is_body))

        async def take_turns() -> None:
            for number, planned in waiting:
                await render(number, planned, files[number])

        await _together(take_turns() for _ in range(self._children.count))
        if failures:
            raise ScenesFailedError(failures)
        return files

    async def _render(self, number: int, planned: PlannedSegment, target: Path, total: int) -> None:
        key = planned.segment.key

        def heard(frames: int) -> None:
            self._frames_done[number] = frames
            self._watcher.frames_done(sum(self._frames_done.values()), total)

        if planned.is_body:
            await self._watcher.scene_started(planned.scene)
        if not await self._store.fetch(key, target):
            cpu_s = _SEGMENT_CPU_S + planned.segment.frames * _frame_cpu_s(self._order.frame)
            job = RenderSegment(
                cpu_limit_s=round(cpu_s),
                segment=planned.segment,
                pictures=self._pictures,
                target=target,
            )
            await self._children.render(job, heard)
            await self._store.keep(key, target)
        heard(planned.segment.frames)
        if planned.is_body:
            await self._watcher.scene_finished(planned.scene, key, target)

    async def assemble(self, plan: FilmPlan, segments: list[Path]) -> Film:
        """Join the segments; add soundtrack, poster and captions."""
        video, poster = self._folder / "film.mp4", self._folder / "poster.jpg"
        job = AssembleFilm(
            cpu_limit_s=_ASSEMBLE_CPU_S,
            segments=tuple(segments),
            frame=plan.frame,
            frames=plan.timeline.frames,
            film=video,
            poster=poster,
            poster_frame=plan.poster_frame,
        )
        await self._children.assemble(job)
        captions = webvtt(caption_cues(self._order.script.scenes))
        return Film(video, poster, captions, plan.timeline.frames / plan.frame.fps)


async def _together(parts: Iterable[Coroutine[None, None, None]]) -> None:
    """Run coroutines side by side; the first error ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for part in parts:
                tasks.create_task(part)
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from group


def _frame_cpu_s(frame: FrameFormat) -> float:
    return frame.width * frame.height / 1e6 * _FRAME_CPU_S_PER_MEGAPIXEL
