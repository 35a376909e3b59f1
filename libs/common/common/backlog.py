"""What waits in this service's database, and whether the database is there, for `/metrics`.

Measured now and then rather than at each scrape: `/metrics` is open to anybody, and stays fast and
silent whatever the database does.
"""

import asyncio
import math

from sqlalchemy import Float, case, func, literal_column, select
from sqlalchemy.sql.expression import ColumnElement

from common.backoff import wait_until
from common.db import Database, Queries
from common.errors import DependencyUnavailable
from common.models import JobRow, OutboxRow
from common.statements import prepare
from common.telemetry import (
    DATABASE_CONNECTIONS,
    DATABASE_UP,
    DATABASE_WAITING,
    JOBS,
    JOBS_OLDEST_DUE,
    OUTBOX_OLDEST,
    OUTBOX_WAITING,
)

_EVERY_S = 10.0
_MEASURE_TIMEOUT_S = 5.0


def _seconds_since(moment: ColumnElement[object]) -> ColumnElement[float]:
    return func.extract("epoch", func.clock_timestamp() - moment).cast(Float)


_OUTBOX = prepare(
    select(
        func.count().label("waiting"),
        func.coalesce(_seconds_since(func.min(OutboxRow.created_at)), 0.0).label("oldest_s"),
    ).where(OutboxRow.published_at.is_(None))
)
_is_due = JobRow.run_at <= func.now()
_state = case((_is_due, "due"), (JobRow.lease_token.is_not(None), "in_hand"), else_="later").label(
    "state"
)
_JOBS = prepare(
    select(
        JobRow.kind,
        _state,
        func.count().label("count"),
        _seconds_since(func.min(JobRow.run_at)).label("oldest_s"),
    ).group_by(JobRow.kind, literal_column("state"))
)


class BacklogGauges:
    """Keeps the gauges of this process up to date."""

    name = "backlog-gauges"

    def __init__(self, database: Database, *, every_s: float = _EVERY_S) -> None:
        self._database = database
        self._every_s = every_s

    async def run(self, stop: asyncio.Event) -> None:
        """Measures every ten seconds until `stop` is set."""
        while not stop.is_set():
            await self.measure()
            await wait_until(stop, self._every_s)

    async def measure(self) -> None:
        """Sets every gauge; what cannot be known now is not a number."""
        for state, count in self._database.connections().items():
            DATABASE_CONNECTIONS.labels(state).set(count)
        DATABASE_WAITING.set(self._database.waiting)
        try:
            async with (
                asyncio.timeout(_MEASURE_TIMEOUT_S),
                self._database.connection() as queries,
            ):
                await _measure_rows(queries)
        except (DependencyUnavailable, TimeoutError):
            DATABASE_UP.set(0)
            OUTBOX_WAITING.set(math.nan)
            OUTBOX_OLDEST.set(math.nan)
            JOBS.clear()
            JOBS_OLDEST_DUE.clear()
        else:
            DATABASE_UP.set(1)


async def _measure_rows(queries: Queries) -> None:
    outbox, jobs = await queries.one(_OUTBOX), await queries.all(_JOBS)
    if outbox is not None:
        OUTBOX_WAITING.set(outbox["waiting"])
        OUTBOX_OLDEST.set(outbox["oldest_s"])
    JOBS.clear()
    JOBS_OLDEST_DUE.clear()
    for row in jobs:
        JOBS.labels(row["kind"], row["state"]).set(row["count"])
        if row["state"] == "due":
            JOBS_OLDEST_DUE.labels(row["kind"]).set(row["oldest_s"])
