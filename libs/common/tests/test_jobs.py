"""Promise 4: work in hand when a process dies is taken up; a stale worker cannot write."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from common.correlation import bound_correlation_id
from common.db import Database
from common.ids import new_id
from common.jobs import Jobs, LeaseLost

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
