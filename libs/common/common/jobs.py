"""Leased background jobs in PostgreSQL: one table, claimed with FOR UPDATE SKIP LOCKED.

Invariants:
1. A job is enqueued in the transaction of the change that asks for it, and finished (its row
   deleted) in the transaction that writes its result.
2. Whoever claims a job gets a new lease token. Every write of the work goes through
   `ClaimedJob.writing()`, which locks the job's row by that token: a worker that lost its lease
   (too slow, or the job was cancelled) cannot write.
3. `run_at` is when the job may next be claimed: its due time while it waits, the end of its lease
   while it is in hand. All times are the database's clock.
4. A worker that dies leaves the job to whoever claims it after the lease runs out. A job whose
   workers keep dying, or keep failing in unforeseen ways, is given up after MAX_ATTEMPTS.
5. A dependency that is down costs no attempt: the job waits and is tried again, for ever. Nor does
   waiting: a job that is done in small steps (JobWaits) holds no worker between them.

Lock order: the job's row before the resource's rows, also when cancelling.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Interval, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.sql.expression import any_

from common.correlation import current_correlation_id
from common.db import Database, Transaction
from common.ids import new_id
from common.models import JobRow
from common.statements import prepare

_COLUMNS = ["id", "kind", "subject_id", "payload", "correlation_id"]
_ENQUEUE = prepare(
    insert(JobRow)
    .values(run_at=func.now() + bindparam("delay", type_=Interval))
    .on_conflict_do_nothing()
    .inline(),
    _COLUMNS,
)
_CANCEL = prepare(delete(JobRow).where(JobRow.subject_id == bindparam("subject_id")))

_HASTEN = prepare(
    update(JobRow)
    .where(JobRow.subject_id == bindparam("subject_id"), JobRow.lease_token.is_(None))
    .values(run_at=func.now())
)

_DUE = (
    select(JobRow.id)
    .where(JobRow.run_at <= func.now(), JobRow.kind == any_(bindparam("kinds", type_=ARRAY(TEXT))))
    .order_by(JobRow.run_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = prepare(
    update(JobRow)
    .where(JobRow.id == _DUE.scalar_subquery())
    .values(
        lease_token=bindparam("token"),
        run_at=func.now() + bindparam("lease", type_=Interval),
        attempts=JobRow.attempts + 1,
    )
    .returning(
        JobRow.id,
        JobRow.kind,
        JobRow.subject_id,
        JobRow.payload,
        JobRow.correlation_id,
        JobRow.attempts,
        JobRow.faults,
    )
)
_OURS = (JobRow.id == bindparam("job_id"), JobRow.lease_token == bindparam("token"))
_HOLD = prepare(select(JobRow.id).where(*_OURS).with_for_update())
_EXTEND = prepare(
    update(JobRow).where(*_OURS).values(run_at=func.now() + bindparam("lease", type_=Interval))
)
_FINISH = prepare(delete(JobRow).where(*_OURS))
_RELEASE = prepare(
    update(JobRow)
    .where(*_OURS)
    .values(
        lease_token=None,
        run_at=func.now() + bindparam("delay", type_=Interval),
        attempts=JobRow.attempts - bindparam("forgiven"),
        faults=JobRow.faults + bindparam("faulted"),
    )
)


class LeaseLost(Exception):  # noqa: N818 - says what happened
    """The job belongs to another worker now, or was cancelled."""


class JobWaits(Exception):  # noqa: N818 - likewise
    """There is nothing to do for the job until `delay` has passed; raised by its handler."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(f"nothing to do for {delay}")
        self.delay = delay


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job in hand. `attempt` counts from 1."""

    id: UUID
    kind: str
    subject_id: UUID
    payload: dict[str, Any]
    correlation_id: str
    attempt: int
    faults: int
    token: UUID
    database: Database

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """A transaction that holds the lease until it ends; raises LeaseLost."""
        async with self.database.transaction() as tx:
            if await tx.one(_HOLD, job_id=self.id, token=self.token) is None:
                raise LeaseLost(f"{self.kind} {self.subject_id}")
            yield tx

    async def finish(self, tx: Transaction) -> None:
        """Ends the job for good, in the transaction that writes its result; raises LeaseLost."""
        if await tx.run(_FINISH, job_id=self.id, token=self.token) == 0:
            raise LeaseLost(f"{self.kind} {self.subject_id}")


class Jobs:
    """The jobs of one service."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enqueue(
        self,
        tx: Transaction,
        kind: str,
        subject_id: UUID,
        payload: dict[str, Any],
        *,
        delay: timedelta = timedelta(0),
    ) -> bool:
        """Adds a job, due after `delay`, with the current correlation id.

        False when the subject has one of this kind already.
        """
        added = await tx.run(
            _ENQUEUE,
            id=new_id(),
            kind=kind,
            subject_id=subject_id,
            payload=payload,
            correlation_id=current_correlation_id(),
            delay=delay,
        )
        return added == 1

    async def cancel(self, tx: Transaction, subject_id: UUID) -> bool:
        """Takes the subject's job away, also from a worker that has it in hand."""
        return await tx.run(_CANCEL, subject_id=subject_id) > 0

    async def hasten(self, tx: Transaction, subject_id: UUID) -> None:
        """Makes the subject's job due now, if it still waits."""
        await tx.run(_HASTEN, subject_id=subject_id)

    async def claim(self, kinds: list[str], lease: timedelta) -> ClaimedJob | None:
        """The job that has been due longest, leased to the caller; None when there is none."""
        token = uuid4()
        async with self._database.transaction() as tx:
            row = await tx.one(_CLAIM, kinds=kinds, token=token, lease=lease)
        if row is None:
            return None
        attempt = row.pop("attempts")
        return ClaimedJob(**row, attempt=attempt, token=token, database=self._database)

    async def extend(self, job: ClaimedJob, lease: timedelta) -> bool:
        """Renews the lease; False when it is lost."""
        async with self._database.transaction() as tx:
            return await tx.run(_EXTEND, job_id=job.id, token=job.token, lease=lease) == 1

    async def release(
        self, job: ClaimedJob, delay: timedelta, *, forgiven: bool, faulted: bool = False
    ) -> None:
        """Hands the job back, to be claimed after `delay`.

        `forgiven`: this attempt does not count. `faulted`: a dependency was down.
        """
        async with self._database.transaction() as tx:
            await tx.run(
                _RELEASE,
                job_id=job.id,
                token=job.token,
                delay=delay,
                forgiven=int(forgiven),
                faulted=int(faulted),
            )
