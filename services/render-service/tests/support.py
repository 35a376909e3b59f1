"""What the tests of render-service share."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app.core.renders import Mode
from app.film.orders import Film, FilmOrder, FilmWatcher, ScenesFailedError, SegmentStore
from app.film.values import FilmError
from app.services.filming import FilmJob, SceneRenderer
from app.services.gathering import PhotoSource
from app.services.ordering import FILM_JOB, order_film
from app.services.voice import VoiceBooth
from common.correlation import bound_correlation_id
from common.db import Database
from common.jobs import ClaimedJob, Jobs
from common.outbox import Outbox
from common.storage import Storage
from contracts.render import Render, RenderProfile
from contracts.script import Script

LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Workshop:
    """Orders films and takes their jobs, as the consumer and the worker do."""

    database: Database
    jobs: Jobs
    storage: Storage

    async def order(self, script: Script, mode: Mode = "stub") -> Render:
        with bound_correlation_id("from-the-script"):
            async with self.database.transaction() as tx:
                return await order_film(tx, self.jobs, script, RenderProfile.DRAFT, mode)

    async def claim(self, lease: timedelta = LEASE) -> ClaimedJob:
        job = await self.jobs.claim([FILM_JOB], lease)
        assert job is not None
        return job

    async def work(
        self,
        renderer: SceneRenderer,
        photos: PhotoSource | None = None,
        *,
        booth: VoiceBooth | None = None,
    ) -> ClaimedJob:
        """Claims the next job and runs it to its end."""
        job = await self.claim()
        with bound_correlation_id(job.correlation_id):
            await self.film_job(renderer, photos, booth=booth).run(job)
        return job

    def film_job(
        self,
        renderer: SceneRenderer,
        photos: PhotoSource | None = None,
        *,
        booth: VoiceBooth | None = None,
    ) -> FilmJob:
        return FilmJob(renderer, photos or NoPhotos(), self.storage, Outbox(), booth=booth)


class NoPhotos:
    """Has no photo at all."""

    async def fetch(self, asset_id: UUID, target: Path) -> None:
        raise FilmError("picture_missing", f"no content of {asset_id} for {target.name}")


@dataclass
class Album:
    """Photos on disk; remembers what was asked for."""

    photos: dict[UUID, Path]
    asked: list[UUID] = field(default_factory=list)

    async def fetch(self, asset_id: UUID, target: Path) -> None:
        self.asked.append(asset_id)
        if asset_id not in self.photos:
            raise FilmError("picture_missing", f"no content of {asset_id}")
        await asyncio.to_thread(shutil.copy, self.photos[asset_id], target)


Scenario = Callable[[FilmOrder, Path, SegmentStore, FilmWatcher], Awaitable[None]]


async def finish_all(
    order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
) -> None:
    for position in range(len(order.script.scenes)):
        await finish(position, folder, store, watcher)


async def finish(position: int, folder: Path, store: SegmentStore, watcher: FilmWatcher) -> None:
    clip = folder / f"{position}.mp4"
    await asyncio.to_thread(clip.write_bytes, b"clip %d" % position)
    await watcher.scene_started(position)
    await store.keep(f"key-{position}", clip)
    await watcher.scene_finished(position, f"key-{position}", clip)


async def fail_the_second(
    order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
) -> None:
    reason = FilmError("renderer_crashed", "the renderer was ended by SIGSEGV")
    await finish(0, folder, store, watcher)
    await watcher.scene_started(1)
    await watcher.scene_failed(1, reason)
    raise ScenesFailedError({1: reason})


@dataclass
class ScriptedRenderer:
    """A SceneRenderer that plays a scenario, and hands over files that are no real film."""

    scenario: Scenario = finish_all

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        await self.scenario(order, folder, store, watcher)
        video, poster = folder / "film.mp4", folder / "poster.jpg"
        await asyncio.to_thread(video.write_bytes, b"0123456789")
        await asyncio.to_thread(poster.write_bytes, b"poster")
        preview = folder / "preview.webp"
        await asyncio.to_thread(preview.write_bytes, b"preview")
        await watcher.stills_drawn(poster, poster)
        return Film(
            video=video,
            poster=poster,
            storyboard=poster,
            preview=preview,
            captions="WEBVTT\n",
            subtitles="1\n",
            duration_s=order.script.total_duration_s,
            disclosures=(),
        )
