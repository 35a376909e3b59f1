"""Promise 4: work in hand when a process dies is taken up; a stale worker cannot write."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, update

from common.correlation import bound_correlation_id
from common.db import Database
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.jobs import ClaimedJob, Jobs, JobWaits, LeaseLost
from common.models import JobRow
from common.workers import MAX_ATTEMPTS, JobWorker
from contracts.base import Problem
from tests.support import counted, eventually

LEASE = timedelta(seconds=30)
EXPIRED = timedelta(seconds=-1)


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


async def enqueue(jobs: Jobs, database: Database, kind: str = "work") -> UUID:
    subject_id = new_id()
    with bound_correlation_id("from-the-request"):
        async with database.transaction() as tx:
            assert await jobs.enqueue(tx, kind, subject_id, {"n": 1})
    return subject_id


async def test_a_claimed_job_carries_what_was_asked(jobs: Jobs, database: Database) -> None:
    subject_id = await enqueue(jobs, database)
    job = await jobs.claim(["work"], LEASE)
    assert job is not None
    assert (job.kind, job.subject_id, job.payload) == ("work", subject_id, {"n": 1})
    assert (job.correlation_id, job.attempt) == ("from-the-request", 1)


async def test_a_job_in_hand_is_not_claimed_again(jobs: Jobs, database: Database) -> None:
    await enqueue(jobs, database)
    assert await jobs.claim(["work"], LEASE) is not None
    assert await jobs.claim(["work"], LEASE) is None


async def test_jobs_of_other_kinds_are_left_alone(jobs: Jobs, database: Database) -> None:
    await enqueue(jobs, database, kind="other")
    assert await jobs.claim(["work"], LEASE) is None


async def test_a_delayed_job_waits_until_it_is_hastened(jobs: Jobs, database: Database) -> None:
    subject_id = new_id()
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "work", subject_id, {}, delay=timedelta(hours=1))
    assert await jobs.claim(["work"], LEASE) is None
    async with database.transaction() as tx:
        await jobs.hasten(tx, subject_id)
    assert await jobs.claim(["work"], LEASE) is not None


async def test_hastening_takes_no_job_from_a_worker(jobs: Jobs, database: Database) -> None:
    subject_id = await enqueue(jobs, database)
    assert await jobs.claim(["work"], LEASE) is not None
    async with database.transaction() as tx:
        await jobs.hasten(tx, subject_id)
    assert await jobs.claim(["work"], LEASE) is None


async def test_ten_workers_at_once_claim_each_job_once(jobs: Jobs, database: Database) -> None:
    subjects = {await enqueue(jobs, database) for _ in range(20)}
    claims = await asyncio.gather(*(jobs.claim(["work"], LEASE) for _ in range(30)))
    assert sorted(str(c.subject_id) for c in claims if c) == sorted(map(str, subjects))


async def test_a_job_is_taken_up_after_its_lease_and_the_stale_worker_is_refused(
    jobs: Jobs, database: Database
) -> None:
    await enqueue(jobs, database)
    dead = await jobs.claim(["work"], EXPIRED)
    heir = await jobs.claim(["work"], LEASE)
    assert dead is not None
    assert heir is not None
    assert (heir.id, heir.attempt) == (dead.id, 2)
    with pytest.raises(LeaseLost):
        async with dead.writing():
            pytest.fail("a stale worker was let in")
    assert not await jobs.extend(dead, LEASE)
    async with heir.writing() as tx:
        await heir.finish(tx)
    assert await jobs.claim(["work"], LEASE) is None


async def test_a_result_that_fails_to_be_written_leaves_the_job(
    jobs: Jobs, database: Database
) -> None:
    await enqueue(jobs, database)
    job = await jobs.claim(["work"], EXPIRED)
    assert job is not None

    async def write() -> None:
        async with job.writing() as tx:
            await job.finish(tx)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        await write()
    assert await jobs.claim(["work"], LEASE) is not None


async def test_a_cancelled_job_is_lost_to_the_worker_that_has_it(
    jobs: Jobs, database: Database
) -> None:
    subject_id = await enqueue(jobs, database)
    job = await jobs.claim(["work"], LEASE)
    assert job is not None
    async with database.transaction() as tx:
        assert await jobs.cancel(tx, subject_id)
    with pytest.raises(LeaseLost):
        async with job.writing():
            pytest.fail("a cancelled job was written")


async def test_a_subject_has_one_job_of_a_kind(jobs: Jobs, database: Database) -> None:
    subject_id = await enqueue(jobs, database)
    async with database.transaction() as tx:
        assert not await jobs.enqueue(tx, "work", subject_id, {})


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
