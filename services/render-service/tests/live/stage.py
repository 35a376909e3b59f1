"""A set to shoot at a provider: the real SDK against a fake Runway, turns taken by hand."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from app.core.ledger import Attempt, Caps
from app.core.live import LiveTerms
from app.db import attempts, repository
from app.film.studio import FilmStudio
from app.film.values import FilmError
from app.services.clips import ClipsJob
from app.services.gate import Gate, Pace
from app.services.ledger import Ledger
from app.services.location import Location, PictureLab
from app.services.ordering import CLIPS_JOB
from app.services.provider import ClipProvider
from app.services.renders import retry
from common.correlation import bound_correlation_id
from common.jobs import ClaimedJob, JobWaits
from common.outbox import Outbox
from contracts.render import Render
from contracts.script import Scene
from devstack.fakes.runway import FakeRunway
from tests.film.stage import scene, script
from tests.support import LEASE, Album, Workshop

KEY = "a-secret-runway-key"

#: As fast as turns are taken: nothing here waits for a clock.
AT_ONCE = Pace(poll_s=0, jitter_s=0, hold_s=0, most_hold_s=0, look_s=0, answer_s=5)

TERMS = LiveTerms(
    model="gen4_turbo",
    max_attempts=2,
    fallback="fail",
    caps=Caps(per_render=1_000, per_day=10_000),
    task_timeout_s=900,
)

_MOST_TURNS = 40


class QuickLab:
    """Sends photos as they are, and believes every clip: for what is not about pictures."""

    async def develop(self, photo: Path, size: tuple[int, int], target: Path) -> None:
        assert min(size) > 0
        await asyncio.to_thread(shutil.copy, photo, target)

    async def inspect(self, clip: Path, size: tuple[int, int], duration_s: float) -> None:
        if (await asyncio.to_thread(clip.stat)).st_size == 0:
            raise FilmError("clip_unreadable", f"{size} for {duration_s} s")


@dataclass
class Set:
    """Renders in live mode on a real database, with a provider to buy clips from."""

    workshop: Workshop
    fake: FakeRunway
    provider: ClipProvider
    album: Album
    terms: LiveTerms = TERMS
    pace: Pace = AT_ONCE
    lab: PictureLab = field(default_factory=QuickLab)

    def clips_job(self) -> ClipsJob:
        database, outbox = self.workshop.database, Outbox()
        location = Location(
            provider=self.provider,
            photos=self.album,
            lab=self.lab,
            storage=self.workshop.storage,
            ledger=Ledger(database, self.workshop.jobs, outbox, self.terms),
            gate=Gate(database, self.provider, self.terms.model, self.pace),
            terms=self.terms,
            pace=self.pace,
        )
        return ClipsJob(location, database, self.workshop.jobs, outbox)

    async def order(self, scenes: Sequence[Scene]) -> Render:
        return await self.workshop.order(script(scenes), "live")

    async def order_photos(self, count: int = 1) -> Render:
        """A render of so many scenes, each with a photo."""
        assets = list(self.album.photos)
        scenes = [scene(n, asset_id=assets[n % len(assets)], duration_s=1) for n in range(count)]
        return await self.order(scenes)

    async def retry(self, render: Render) -> Render:
        async with self.workshop.database.transaction() as tx:
            return await retry(tx, self.workshop.jobs, self.terms, render.id)

    async def claim(self, lease: timedelta = LEASE) -> ClaimedJob | None:
        return await self.workshop.jobs.claim([CLIPS_JOB], lease)

    async def turn(self, lease: timedelta = LEASE) -> bool:
        """Takes one turn of the next render; False when none wants one any more."""
        job = await self.claim(lease)
        if job is None:
            return False
        with bound_correlation_id(job.correlation_id):
            try:
                await self.clips_job().run(job)
            except JobWaits as wait:
                await self.workshop.jobs.release(job, wait.delay, forgiven=True)
        return True

    async def shoot(self) -> None:
        """Takes turns until every render has its clips, or has failed."""
        for _ in range(_MOST_TURNS):
            if not await self.turn():
                return
        raise AssertionError(f"still waiting after {_MOST_TURNS} turns")

    async def film(self) -> None:
        """Makes the film of the next render that has its clips."""
        await self.workshop.work(FilmStudio(), self.album)

    async def shown(self, render: Render) -> Render:
        async with self.workshop.database.connection() as queries:
            shown = await repository.get(queries, render.id)
        assert shown is not None
        return shown

    async def ledger(self, render: Render) -> list[Attempt]:
        """Every attempt, by scene and age."""
        async with self.workshop.database.connection() as queries:
            history = await attempts.of_render(queries, render.id)
        return [attempt for made in history.values() for attempt in made]
