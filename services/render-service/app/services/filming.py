"""The job that makes a film: fetch the photos, have it rendered, keep it, tell it."""

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import structlog

from app.core.changes import changed
from app.core.manifest import Manifest, ManifestVoice, manifest_of
from app.core.renders import FINISHED, FilmFiles, Stage, Stills
from app.db import repository, scenes
from app.film.formats import frame_format
from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.film.values import FilmError
from app.film.voicing import Speech
from app.services.gathering import Gathering, PhotoSource
from app.services.production import Production, problem
from app.services.shelf import Shelf
from app.services.telling import fail_render, tell_render
from app.services.voice import VoiceBooth
from common.clock import utc_now
from common.jobs import ClaimedJob
from common.outbox import Outbox
from common.storage import Storage
from contracts.base import Problem
from contracts.events import EventType
from contracts.render import CaptionStyle, Render, RenderStatus, RenderVideo, SoundStyle
from contracts.script import Script

logger = structlog.get_logger(__name__)


class SceneRenderer(Protocol):
    """Makes films out of scenes; `app.film.studio.FilmStudio` is the local one."""

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        """A film, in an empty folder. Raises FilmError."""


class FilmJob:
    """Makes the film of a render (`common.workers.JobHandler`)."""

    def __init__(
        self,
        renderer: SceneRenderer,
        photos: PhotoSource,
        storage: Storage,
        outbox: Outbox,
        *,
        booth: VoiceBooth | None = None,
    ) -> None:
        self._renderer = renderer
        self._photos = photos
        self._storage = storage
        self._outbox = outbox
        self._booth = booth

    async def run(self, job: ClaimedJob) -> None:
        """Makes the film, or writes down why it cannot be made; either ends the job."""
        opened = await self._open(job)
        if opened is None:
            return
        render, script = opened
        shelf = Shelf(self._storage, render.id)
        production = Production(job, self._outbox, shelf)
        with tempfile.TemporaryDirectory(prefix="film-") as folder:
            gathering = Gathering(self._photos, shelf, production, Path(folder))
            making = self._make(job, render, script, gathering, Path(folder))
            try:
                film, manifest = await _while_reporting(making, production)
            except FilmError as reason:
                await self._fail(job, problem(reason))
                return
            files = await shelf.put_film(film, manifest)
        await self._deliver(job, render, film, files, production.stills)

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        """Writes an unforeseen failure down."""
        await self._fail(job, problem)

    async def _open(self, job: ClaimedJob) -> tuple[Render, Script] | None:
        """Marks the render as running; None, and no job any more, when it needs no film.

        The script is as the render's changes make it.
        """
        async with job.writing() as tx:
            render = await repository.get_for_update(tx, job.subject_id)
            if render is None or render.status in FINISHED:
                await job.finish(tx)
                return None
            script = await repository.get_script(tx, render.script_id)
            if script is None:
                raise LookupError(f"render {render.id} has no script")
            await scenes.requeue_unfinished(tx, render.id)
            await repository.set_status(
                tx, render.id, RenderStatus.RUNNING, Stage.FETCHING_PICTURES
            )
            script = changed(script, await scenes.changes(tx, render.id))
        logger.info("film_begun", render_id=str(render.id), attempt=job.attempt)
        return render, script

    async def _make(
        self, job: ClaimedJob, render: Render, script: Script, gathering: Gathering, folder: Path
    ) -> tuple[Film, Manifest]:
        materials = await gathering.gather(job, script, render.sound)
        async with job.database.connection() as queries:
            light = await repository.light(queries, render.id)
        work = folder / "film"
        work.mkdir()
        order = FilmOrder(
            script=script,
            frame=frame_format(render.profile, render.aspect_ratio),
            photos=materials.photos,
            clips=materials.clips,
            branded=render.branding,
            burned=render.captions is CaptionStyle.BURNED,
            light=light,
            music=materials.music,
            silent=render.sound is SoundStyle.NONE,
        )
        spoken = order.cut.script
        speech, voice = await self._voice(spoken, folder) if not order.silent else ({}, None)
        order = replace(order, speech=speech)
        film = await self._renderer.make(order, work, gathering.shelf, gathering.production)
        if missing := film.glyphs_missing:
            signs = "".join(dict.fromkeys("".join(missing.values())))
            logger.warning(
                "glyphs_missing", render_id=str(render.id), scenes=sorted(missing), signs=signs
            )
        return film, manifest_of(
            render,
            spoken,
            film.disclosures,
            materials.sha256_of,
            utc_now(),
            bought_of=materials.bought_of,
            refused=gathering.production.refused,
            glyphs_missing=film.glyphs_missing,
            voice=voice,
        )

    async def _voice(
        self, script: Script, folder: Path
    ) -> tuple[dict[int, Speech], ManifestVoice | None]:
        """The voice-over, and what the manifest says of it."""
        if self._booth is None:
            return {}, None
        recorded, who = await self._booth.record(script, folder), self._booth.synthesizer
        return recorded.speech, ManifestVoice(
            provider=who.provider, model=who.model, voice=who.voice, problem=recorded.problem
        )

    async def _deliver(
        self,
        job: ClaimedJob,
        render: Render,
        film: Film,
        files: FilmFiles,
        stills: Stills | None,
    ) -> None:
        frame = frame_format(render.profile, render.aspect_ratio)
        video = RenderVideo(
            url=f"/renders/{job.subject_id}/video",
            width=frame.width,
            height=frame.height,
            fps=frame.fps,
            duration_s=round(film.duration_s, 3),
            size_bytes=files.video.size,
            sha256=files.video.sha256,
        )
        async with job.writing() as tx:
            await repository.deliver(
                tx, job.subject_id, video, files, stills=stills, light=film.light
            )
            await scenes.take_over(tx, job.subject_id)
            await tell_render(tx, self._outbox, EventType.RENDER_COMPLETED, job.subject_id)
            await job.finish(tx)
        logger.info("film_delivered", render_id=str(job.subject_id), duration_s=video.duration_s)

    async def _fail(self, job: ClaimedJob, error: Problem) -> None:
        await fail_render(job, self._outbox, error)
        logger.warning("film_failed", render_id=str(job.subject_id), code=error.code)


async def _while_reporting(
    making: Coroutine[None, None, tuple[Film, Manifest]], production: Production
) -> tuple[Film, Manifest]:
    """The film; its progress is written meanwhile, and its making ends when that cannot be."""
    film, report = asyncio.create_task(making), asyncio.create_task(production.report())
    try:
        done, _ = await asyncio.wait({film, report}, return_when=asyncio.FIRST_COMPLETED)
        if film not in done:
            await report  # it only ends by failing
        return await film
    finally:
        for task in (film, report):
            task.cancel()
        await asyncio.wait({film, report})
