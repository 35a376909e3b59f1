"""What a film's making writes down as it comes along, under the lease of its job."""

import asyncio
from pathlib import Path

import structlog

from app.core.renders import Stage, Stills, progress_of_frames, progress_of_photos
from app.db import repository, scenes
from app.film.values import FilmError
from app.services.shelf import Shelf
from app.services.telling import tell_scene
from common.jobs import ClaimedJob
from common.outbox import Outbox
from contracts.base import Problem

logger = structlog.get_logger(__name__)

#: How often progress is written, in seconds; also how soon a cancelled film notices.
_REPORT_EVERY_S = 0.5


class Production:
    """The record of one film in the making: scenes, stage and progress.

    `stills` are those of the film in the making, once drawn; `refused` tells why photos could not
    be used, by position of their scene.

    Every method that writes raises LeaseLost when the job is another worker's, or was cancelled.
    """

    def __init__(self, job: ClaimedJob, outbox: Outbox, shelf: Shelf) -> None:
        self._job = job
        self._outbox = outbox
        self._shelf = shelf
        self._stage = Stage.FETCHING_PICTURES
        self._progress = 0
        self.stills: Stills | None = None
        self.refused: dict[int, Problem] = {}

    async def report(self) -> None:
        """Writes stage and progress down again and again, until cancelled."""
        while True:
            await asyncio.sleep(_REPORT_EVERY_S)
            async with self._job.writing() as tx:
                await scenes.report(tx, self._job.subject_id, self._stage, self._progress)

    def photos_fetched(self, fetched: int, wanted: int) -> None:
        """So many photos are here."""
        self._progress = progress_of_photos(fetched, wanted)

    def frames_done(self, done: int, total: int) -> None:
        """So many frames are encoded."""
        self._stage = Stage.RENDERING_SCENES if done < total else Stage.ASSEMBLING
        self._progress = progress_of_frames(done, total)

    async def picture_refused(self, scene: int, reason: FilmError) -> None:
        """The scene's photo cannot be used: it will be a card, and says why."""
        async with self._job.writing() as tx:
            await scenes.note(tx, self._job.subject_id, scene, problem(reason))
        self.refused[scene] = problem(reason)
        logger.warning(
            "picture_refused",
            render_id=str(self._job.subject_id),
            scene=scene,
            code=reason.code,
            detail=reason.detail,
        )

    async def stills_drawn(self, poster: Path, storyboard: Path) -> None:
        """Poster and storyboard can be looked at while the film is made, unless one is there."""
        self.stills = await self._shelf.put_stills(poster, storyboard)
        async with self._job.writing() as tx:
            await repository.keep_stills(tx, self._job.subject_id, self.stills)

    async def scene_started(self, scene: int) -> None:
        """The scene's clip is being rendered."""
        self._stage = Stage.RENDERING_SCENES
        async with self._job.writing() as tx:
            await scenes.start(tx, self._job.subject_id, scene)

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        """The scene's clip is kept; told as an event the first time."""
        clip = await self._shelf.clip(key, file)
        async with self._job.writing() as tx:
            if await scenes.finish(tx, self._job.subject_id, scene, clip):
                await tell_scene(tx, self._outbox, self._job.subject_id, scene)

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        """The scene could not be rendered."""
        async with self._job.writing() as tx:
            await scenes.fail(tx, self._job.subject_id, scene, problem(reason))


def problem(reason: FilmError) -> Problem:
    """How users see it."""
    return Problem(code=reason.code, detail=reason.detail)
