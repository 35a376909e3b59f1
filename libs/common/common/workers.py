"""The loop that claims leased jobs and runs them (`common.jobs` has the invariants)."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

import structlog

from common.backoff import Backoff, wait_until
from common.correlation import bound_correlation_id
from common.errors import DependencyUnavailable
from common.jobs import ClaimedJob, Jobs, JobWaits, LeaseLost
from common.telemetry import JOB_DURATION, JOBS_RUN
from contracts.base import Problem

logger = structlog.get_logger(__name__)

MAX_ATTEMPTS = 4


class JobHandler(Protocol):
    """The work of one kind of job."""

    async def run(self, job: ClaimedJob) -> None:
        """Does the work, and finishes the job with its result in one `job.writing()`.

        What raises DependencyUnavailable is tried again for ever, JobWaits once its delay has
        passed, anything else MAX_ATTEMPTS times. It is cancelled when the lease is lost or the
        process stops.
        """
        ...

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        """Writes the failure down and finishes the job."""
        ...


class JobWorker:
    """Runs up to `concurrency` jobs at a time."""

    def __init__(
        self,
        jobs: Jobs,
        handlers: Mapping[str, JobHandler],
        *,
        name: str = "job-worker",
        concurrency: int = 1,
        lease: timedelta = timedelta(seconds=15),
        poll: timedelta = timedelta(seconds=0.5),
        grace: timedelta = timedelta(seconds=2),
    ) -> None:
        self.name = name
        self._jobs = jobs
        self._handlers = handlers
        self._concurrency = concurrency
        self._lease = lease
        self._poll = poll
        self._grace = grace

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set; what is then in hand gets `grace`, and is handed back."""
        async with asyncio.TaskGroup() as slots:
            for _ in range(self._concurrency):
                slots.create_task(self._work(stop))

    async def _work(self, stop: asyncio.Event) -> None:
        backoff = Backoff()
        while not stop.is_set():
            try:
                job = await self._jobs.claim(list(self._handlers), self._lease)
            except DependencyUnavailable as error:
                logger.warning("job_worker_waits", reason=error.detail)
                await wait_until(stop, backoff.next_delay())
                continue
            backoff.reset()
            if job is None:
                await wait_until(stop, self._poll.total_seconds())
                continue
            with bound_correlation_id(job.correlation_id):
                await self._run_leased(job, stop)

    async def _run_leased(self, job: ClaimedJob, stop: asyncio.Event) -> None:
        """Runs the job while its lease is renewed, until it ends, is lost, or the process stops."""
        work = asyncio.create_task(self._attempt(job))
        lease = asyncio.create_task(self._keep_lease(job))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({work, lease, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done() and not work.done():
                await asyncio.wait({work, lease}, timeout=self._grace.total_seconds())
            handed_back = not work.done() and not lease.done()
            await _cancelled(work)
            if handed_back:
                logger.info("job_handed_back", kind=job.kind, subject_id=str(job.subject_id))
                await self._hand_back(job, timedelta(0))
        finally:
            for task in (work, lease, stopping):
                await _cancelled(task)

    async def _attempt(self, job: ClaimedJob) -> None:
        handler = self._handlers[job.kind]
        outcome, started = "finished", time.monotonic()
        try:
            if job.attempt > MAX_ATTEMPTS:
                outcome = "given_up"
                await handler.give_up(job, _WORKER_DIED)
            else:
                await handler.run(job)
        except LeaseLost:
            outcome = "lease_lost"
            logger.warning("job_lease_lost", kind=job.kind, subject_id=str(job.subject_id))
        except JobWaits as wait:
            outcome = "not_yet"
            await self._hand_back(job, wait.delay)
        except DependencyUnavailable as error:
            outcome = "waiting"
            await self._retry_later(job, error, faulted=True)
        except Exception as error:  # noqa: BLE001 - an unforeseen failure must not end the loop
            outcome = "failed"
            await self._fail(job, handler, error)
        JOBS_RUN.labels(job.kind, outcome).inc()
        JOB_DURATION.labels(job.kind, outcome).observe(time.monotonic() - started)

    async def _fail(self, job: ClaimedJob, handler: JobHandler, error: Exception) -> None:
        if job.attempt < MAX_ATTEMPTS:
            await self._retry_later(job, error, faulted=False)
            return
        logger.error("job_given_up", kind=job.kind, subject_id=str(job.subject_id), exc_info=error)
        try:
            await handler.give_up(job, _unforeseen(error))
        except (DependencyUnavailable, LeaseLost) as later:
            logger.warning("job_give_up_waits", kind=job.kind, reason=repr(later))
        except Exception as later:
            logger.error("job_give_up_failed", kind=job.kind, exc_info=later)

    async def _hand_back(self, job: ClaimedJob, delay: timedelta) -> None:
        with contextlib.suppress(DependencyUnavailable):  # then the lease runs out
            await self._jobs.release(job, delay, forgiven=True)

    async def _retry_later(self, job: ClaimedJob, error: Exception, *, faulted: bool) -> None:
        failures = job.faults if faulted else job.attempt - 1
        delay = Backoff.after(failures).next_delay()
        logger.warning(
            "job_waits",
            kind=job.kind,
            subject_id=str(job.subject_id),
            retry_in_s=round(delay, 1),
            exc_info=None if faulted else error,
            reason=str(error),
        )
        with contextlib.suppress(DependencyUnavailable):  # then the lease runs out
            await self._jobs.release(
                job, timedelta(seconds=delay), forgiven=faulted, faulted=faulted
            )

    async def _keep_lease(self, job: ClaimedJob) -> None:
        """Renews the lease three times within its length; returns when it is lost."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await self._jobs.extend(job, self._lease):
                    logger.warning("job_lease_lost", kind=job.kind, subject_id=str(job.subject_id))
                    return
            except DependencyUnavailable as error:
                logger.warning("job_lease_not_renewed", kind=job.kind, reason=error.detail)


_WORKER_DIED = Problem(
    code="attempts_exhausted",
    detail=f"the worker died {MAX_ATTEMPTS} times while it did this; see its log, then retry",
)


def _unforeseen(error: Exception) -> Problem:
    return Problem(code="internal_error", detail=f"unforeseen failure ({type(error).__name__})")


async def _cancelled(task: asyncio.Task[object]) -> None:
    """Cancels the task and waits for its end; its outcome has been dealt with elsewhere."""
    task.cancel()
    await asyncio.wait({task})
