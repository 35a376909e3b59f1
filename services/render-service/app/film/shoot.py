"""One film in the making: its pictures, stills and segments, each in a child process."""

from pathlib import Path

import structlog

from app.film.captions import caption_cues, subrip, webvtt
from app.film.formats import FrameFormat
from app.film.jobs import (
    AssembleFilm,
    ClipReady,
    DrawPreview,
    DrawStills,
    MixSound,
    PrepareClip,
    PreparePicture,
    RenderSegment,
)
from app.film.orders import Film, FilmOrder, FilmWatcher, ScenesFailedError, SegmentStore
from app.film.plan import FilmPlan, PlannedSegment
from app.film.renderers import Renderers
from app.film.shots import PictureFiles, WorkingPicture
from app.film.tags import disclosures, tags_of
from app.film.values import FilmError
from common.tasks import side_by_side
from contracts.asset import Room
from contracts.script import Scene

logger = structlog.get_logger(__name__)

_PREPARE_CPU_S = 30
_ASSEMBLE_CPU_S = 120
_MIX_CPU_S = 120
_STILLS_CPU_S = 60

#: CPU seconds allowed to a segment: a start, and for each frame of a million pixels. Measured:
#: 0.01 s for drawing alone, which is what the limit counts; ffmpeg has as much again.
_SEGMENT_CPU_S, _FRAME_CPU_S_PER_MEGAPIXEL = 20, 0.3


class Shoot:
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
        self._poster, self._storyboard = folder / "poster.jpg", folder / "storyboard.jpg"
        self._preview = folder / "preview.webp"
        self._frames_done: dict[int, int] = {}
        self._glyphs_missing: dict[int, str] = {}

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
        async with side_by_side() as parts:
            for position, scene in enumerate(self._order.script.scenes):
                photo = photos.get(scene.asset_id) if scene.asset_id else None
                if photo and position not in self._order.clips:
                    parts.create_task(prepare(position, scene, photo))
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

        async with side_by_side() as parts:
            for position, clip in self._order.clips.items():
                parts.create_task(prepare(position, clip))
        return ready

    async def draw_stills(self, plan: FilmPlan) -> None:
        """Draw poster, storyboard and preview. Raises FilmError."""

        async def draw_stills() -> None:
            drawn = await self._children.draw_stills(
                DrawStills(
                    cpu_limit_s=_STILLS_CPU_S,
                    plan=plan,
                    pictures=self._pictures,
                    poster=self._poster,
                    storyboard=self._storyboard,
                )
            )
            self._glyphs_missing = drawn.glyphs_missing
            await self._watcher.stills_drawn(self._poster, self._storyboard)

        preview = DrawPreview(
            cpu_limit_s=_STILLS_CPU_S, plan=plan, pictures=self._pictures, target=self._preview
        )
        async with side_by_side() as parts:
            parts.create_task(draw_stills())
            parts.create_task(self._children.draw_preview(preview))

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

        waiting = dict(enumerate(plan.segments()))
        files = [self._folder / f"segment-{number:03}.mp4" for number in waiting]

        async def take_turns(at: int) -> None:
            """Bodies first, as they take longest; the nearest, whose pictures are at hand."""
            while waiting:
                at = min(waiting, key=lambda each: (not waiting[each].is_body, abs(each - at)))
                await render(at, waiting.pop(at), files[at])

        async with side_by_side() as parts:
            for start in _spread(self._children.count, len(waiting)):
                parts.create_task(take_turns(start))
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

    async def mix_sound(self, plan: FilmPlan) -> Path | None:
        """The film's sound; None for a silent one. Raises FilmError.

        Music that cannot be played costs the film its music.
        """
        if self._order.silent:
            return None
        target = self._folder / "sound.m4a"
        job = MixSound(
            cpu_limit_s=_MIX_CPU_S,
            music=self._order.music,
            speech=tuple(plan.spoken.values()),
            seconds=plan.timeline.frames / plan.frame.fps,
            target=target,
        )
        try:
            await self._children.mix(job)
        except FilmError as reason:
            if job.music is None or reason.code != "music_unreadable":
                raise
            logger.warning("music_unreadable", reason=reason.detail)
            await self._children.mix(job.model_copy(update={"music": None}))
        return target

    async def assemble(self, plan: FilmPlan, segments: list[Path], sound: Path | None) -> Film:
        """Join the segments; add soundtrack, tags and captions."""
        video = self._folder / "film.mp4"
        job = AssembleFilm(
            cpu_limit_s=_ASSEMBLE_CPU_S,
            segments=tuple(segments),
            frame=plan.frame,
            frames=plan.timeline.frames,
            sound=sound,
            film=video,
            tags=tags_of(self._order.script, plan),
        )
        await self._children.assemble(job)
        cues = caption_cues(self._order.script.scenes, plan.spoken)
        return Film(
            video=video,
            poster=self._poster,
            storyboard=self._storyboard,
            preview=self._preview,
            captions=webvtt(cues),
            subtitles=subrip(cues),
            duration_s=plan.timeline.frames / plan.frame.fps,
            disclosures=tuple(disclosures(plan)),
            light=plan.light,
            glyphs_missing=self._glyphs_missing,
        )


def _spread(count: int, length: int) -> list[int]:
    """Where in a list of that length so many readers begin, far from each other."""
    return [length * number // max(count - 1, 1) for number in range(count)]


def _frame_cpu_s(frame: FrameFormat) -> float:
    return frame.width * frame.height / 1e6 * _FRAME_CPU_S_PER_MEGAPIXEL
