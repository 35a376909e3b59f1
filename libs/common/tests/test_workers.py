"""What a worker does with jobs that succeed, wait, fail, kill it, or are cancelled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from common.db import Database
from common.errors import DependencyUnavailable
from common.jobs import ClaimedJob, Jobs, JobWaits
from common.models import JobRow
from common.workers import MAX_ATTEMPTS, JobWorker
from contracts.base import Problem
from tests.support import counted, eventually
from tests.test_jobs import EXPIRED, LEASE, enqueue


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


class Work:
    """A handler that does as told, and remembers."""

    def __init__(self, *behaviour: Exception | None) -> None:
        self.behaviour = list(behaviour)
        self.attempts: list[int] = []
        self.cancelled = False
        self.problem: Problem | None = None
        self.started = asyncio.Event()
        self.ended = asyncio.Event()

    async def run(self, job: ClaimedJob) -> None:
        self.attempts.append(job.attempt)
        self.started.set()
        if self.behaviour:
            outcome = self.behaviour.pop(0)
            if outcome is not None:
                raise outcome
        else:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled = True
                raise
        await self._finish(job)

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        self.problem = problem
        await self._finish(job)

    async def _finish(self, job: ClaimedJob) -> None:
        async with job.writing() as tx:
            await job.finish(tx)
        self.ended.set()


class Running:
    """A worker in the background of a test."""

    def __init__(self, jobs: Jobs, work: Work, lease: timedelta = LEASE) -> None:
        self.stop = asyncio.Event()
        worker = JobWorker(
            jobs,
            {"work": work},
            lease=lease,
            poll=timedelta(milliseconds=20),
            grace=timedelta(milliseconds=50),
        )
        self.task = asyncio.create_task(worker.run(self.stop))

    async def end(self) -> None:
        self.stop.set()
        async with asyncio.timeout(10):
            await self.task


@pytest.fixture
async def deadline() -> AsyncIterator[None]:
    async with asyncio.timeout(20):
        yield


@pytest.mark.usefixtures("deadline")
async def test_a_worker_does_the_job_and_finishes_it(jobs: Jobs, database: Database) -> None:
    before = counted("job_duration_seconds_count", kind="work", outcome="finished")
    await enqueue(jobs, database)
    work = Work(None)
    running = Running(jobs, work)
    await work.ended.wait()
    await running.end()
    assert counted("job_duration_seconds_count", kind="work", outcome="finished") == before + 1
    assert await jobs.claim(["work"], LEASE) is None


@pytest.mark.usefixtures("deadline")
async def test_a_dependency_that_is_down_costs_no_attempt(jobs: Jobs, database: Database) -> None:
    await enqueue(jobs, database)
    work = Work(DependencyUnavailable("down"), None)
    running = Running(jobs, work)
    await work.ended.wait()
    await running.end()
    assert work.attempts == [1, 1]
    assert work.problem is None


@pytest.mark.usefixtures("deadline")
async def test_a_job_that_waits_costs_no_attempt_and_leaves_its_worker_free(
    jobs: Jobs, database: Database
) -> None:
    waiting = await enqueue(jobs, database)
    work = Work(JobWaits(timedelta(hours=1)), None)
    running = Running(jobs, work)
    await eventually(lambda: len(work.attempts) == 1)
    await enqueue(jobs, database)
    await work.ended.wait()
    await running.end()
    assert work.attempts == [1, 1]
    async with database.transaction() as tx:
        await tx.run(update(JobRow).values(run_at=func.now()))
    job = await jobs.claim(["work"], LEASE)
    assert job is not None
    assert (job.subject_id, job.attempt) == (waiting, 1)


@pytest.mark.usefixtures("deadline")
async def test_a_job_whose_workers_keep_dying_is_given_up(jobs: Jobs, database: Database) -> None:
    await enqueue(jobs, database)
    for _ in range(MAX_ATTEMPTS):
        assert await jobs.claim(["work"], EXPIRED) is not None
    work = Work(None)
    running = Running(jobs, work)
    await work.ended.wait()
    await running.end()
    assert work.attempts == []
    assert work.problem is not None
    assert work.problem.code == "attempts_exhausted"


class Cursed(Work):
    """Fails whatever it does with its first job, and works from then on."""

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        raise RuntimeError(f"{job.kind} cannot even be given up: {problem.code}")


@pytest.mark.usefixtures("deadline")
async def test_a_job_that_cannot_even_be_given_up_does_not_stop_its_worker(
    jobs: Jobs, database: Database
) -> None:
    await enqueue(jobs, database)
    for _ in range(MAX_ATTEMPTS - 1):
        assert await jobs.claim(["work"], EXPIRED) is not None
    await enqueue(jobs, database)
    work = Cursed(RuntimeError("a bug"), None)
    running = Running(jobs, work)
    await work.ended.wait()
    await running.end()
    assert work.attempts == [MAX_ATTEMPTS, 1]


@pytest.mark.usefixtures("deadline")
async def test_a_stopping_worker_hands_its_job_back_at_no_cost(
    jobs: Jobs, database: Database
) -> None:
    await enqueue(jobs, database)
    work = Work()
    running = Running(jobs, work)
    await work.started.wait()
    await running.end()
    assert work.cancelled
    job = await jobs.claim(["work"], LEASE)
    assert job is not None
    assert job.attempt == 1


@pytest.mark.usefixtures("deadline")
async def test_cancelling_a_job_stops_its_worker(jobs: Jobs, database: Database) -> None:
    subject_id = await enqueue(jobs, database)
    work = Work()
    running = Running(jobs, work, lease=timedelta(milliseconds=300))
    await work.started.wait()
    async with database.transaction() as tx:
        await jobs.cancel(tx, subject_id)
    await eventually(lambda: work.cancelled)
    await running.end()


@pytest.mark.usefixtures("deadline")
async def test_a_long_job_keeps_its_lease(jobs: Jobs, database: Database) -> None:
    await enqueue(jobs, database)
    work = Work()
    running = Running(jobs, work, lease=timedelta(milliseconds=300))
    await work.started.wait()
    for _ in range(20):
        assert await jobs.claim(["work"], LEASE) is None
        await asyncio.sleep(0.05)
    assert not work.cancelled
    await running.end()
