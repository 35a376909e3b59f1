"""Rows that have served their purpose are deleted, so that no table grows for ever.

- The outbox keeps what it has published for OUTBOX_RETENTION, for a broker that lost its data
  (`common.relay.republish_all`); what is not published yet is never deleted.
- The inbox keeps the events that were handled for INBOX_RETENTION. One that comes again after that
  would be handled again, so it is as long as an event can possibly come again: another group may
  meet it at the end of its time on the topic and bury it, and a person may put it back at the end
  of its time among the dead letters, from when it stays on its topic once more.
- Idempotency keys go when they have expired (`common.idempotency.RETENTION`).

Small batches, each a transaction of its own, so that nobody waits for long for a row or for the
disk; one process of a service at a time.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Interval, bindparam, delete, func, inspect, select, text, tuple_
from sqlalchemy.sql.expression import ColumnElement

from common.backoff import Backoff, wait_until
from common.db import Database
from common.errors import DependencyUnavailable
from common.models import Base, IdempotencyRow, InboxRow, OutboxRow
from common.statements import Prepared, prepare
from common.telemetry import ROWS_PURGED

logger = structlog.get_logger(__name__)

OUTBOX_RETENTION = timedelta(days=7)

#: How long topics keep records: scripts/create-topics.sh sets them up so.
TOPIC_RETENTION = timedelta(days=7)
DEAD_LETTER_RETENTION = timedelta(days=30)
INBOX_RETENTION = TOPIC_RETENTION + DEAD_LETTER_RETENTION + TOPIC_RETENTION

BATCH_SIZE = 1_000
_EVERY_S = 600.0
_LOCK = 0x686F757365  # "house" in ASCII; advisory locks are per database
_TRY_LOCK = prepare(text(f"SELECT pg_try_advisory_xact_lock({_LOCK}) AS ours"))


def _purge(row: type[Base], is_over: ColumnElement[bool], since: Any) -> Prepared:
    """Deletes a batch, the oldest first; rows that somebody holds are left for the next time."""
    key = inspect(row).primary_key
    batch = (
        select(*key)
        .where(is_over)
        .order_by(since)
        .limit(BATCH_SIZE)
        .with_for_update(skip_locked=True)
    )
    return prepare(delete(row).where(tuple_(*key).in_(batch)))


_age_limit = func.now() - bindparam("retention", type_=Interval)
_PURGES: Mapping[str, tuple[Prepared, Mapping[str, timedelta]]] = {
    "outbox": (
        _purge(OutboxRow, OutboxRow.published_at < _age_limit, OutboxRow.published_at),
        {"retention": OUTBOX_RETENTION},
    ),
    "inbox": (
        _purge(InboxRow, InboxRow.handled_at < _age_limit, InboxRow.handled_at),
        {"retention": INBOX_RETENTION},
    ),
    "idempotency_keys": (
        _purge(IdempotencyRow, IdempotencyRow.expires_at < func.now(), IdempotencyRow.expires_at),
        {},
    ),
}


class Housekeeping:
    """Purges now and then, for as long as the process runs."""

    name = "housekeeping"

    def __init__(self, database: Database, *, every_s: float = _EVERY_S) -> None:
        self._database = database
        self._every_s = every_s

    async def run(self, stop: asyncio.Event) -> None:
        """Purges at once and then every ten minutes, until `stop` is set."""
        backoff = Backoff()
        while not stop.is_set():
            try:
                await self.purge(stop)
            except DependencyUnavailable as error:
                logger.warning("housekeeping_waits", reason=error.detail)
                await wait_until(stop, backoff.next_delay())
                continue
            backoff.reset()
            await wait_until(stop, self._every_s)

    async def purge(self, stop: asyncio.Event) -> None:
        """Deletes all that is over, batch by batch, unless another process is at it.

        Raises DependencyUnavailable.
        """
        for table, (statement, params) in _PURGES.items():
            while not stop.is_set():
                deleted = await self._purge_batch(statement, params)
                if deleted is None:
                    return
                ROWS_PURGED.labels(table).inc(deleted)
                if deleted < BATCH_SIZE:
                    break

    async def _purge_batch(
        self, statement: Prepared, params: Mapping[str, timedelta]
    ) -> int | None:
        """How many rows went; None when another process is at it."""
        async with self._database.transaction() as tx:
            lock = await tx.one(_TRY_LOCK)
            if lock is None or not lock["ours"]:
                return None
            return await tx.run(statement, **params)
