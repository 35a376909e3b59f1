"""The transactional outbox: events leave in the same transaction as the data they speak of.

Invariants:
1. An event is in the outbox exactly when the change that it reports was committed.
2. One relay at a time publishes, under an advisory lock held by the batch's transaction, in the
   order of the rows' ids. Writers of one aggregate hold its row lock while they add events, so
   the order of ids is the order of commits within a key. (Row-level SKIP LOCKED with two relays
   inverts that order, and a cursor over ids loses late commits: docs/adr/0002.)
3. A row is marked published after the broker acknowledged it, never before. A crash in between
   publishes it again with the same event id; consumers deduplicate.
4. The broker is never on a request's path.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import BigInteger, Insert, Update, bindparam, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.expression import any_

from common.backoff import Backoff, wait_until
from common.clock import utc_now
from common.correlation import current_correlation_id
from common.db import Database, Transaction
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.kafka.publisher import Publisher
from common.kafka.records import Record
from common.models import OutboxRow
from common.statements import Prepared, prepare
from common.telemetry import OUTBOX_PUBLISHED
from contracts.events import EVENTS, EventType, Payload, encode

logger = structlog.get_logger(__name__)

BATCH_SIZE = 500
_POLL_S = 1.0
_LINGER_S = 0.02
_RELAY_LOCK = 0x6F7574626F78  # "outbox" in ASCII; advisory locks are per database

_EVENT = ["event_id", "topic", "key", "value"]
_ADD = prepare(insert(OutboxRow).inline(), _EVENT)
_LOCK = prepare(text(f"SELECT pg_advisory_xact_lock({_RELAY_LOCK})"))
_UNPUBLISHED = prepare(
    select(OutboxRow.id, OutboxRow.topic, OutboxRow.key, OutboxRow.value)
    .where(OutboxRow.published_at.is_(None))
    .order_by(OutboxRow.id)
    .limit(BATCH_SIZE)
)
_MARK_PUBLISHED = prepare(
    update(OutboxRow)
    .where(OutboxRow.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))
    .values(published_at=func.now())
)
_REPUBLISH = prepare(
    update(OutboxRow).where(OutboxRow.published_at.is_not(None)).values(published_at=None)
)


@dataclass(frozen=True, slots=True)
class Change:
    """A statement of `with_event`, and its parameters but for the event's."""

    statement: Prepared
    params: Mapping[str, Any]


def with_event(change: Insert | Update, columns: Sequence[str]) -> Prepared:
    """`change` and its event as one statement: neither can be without the other.

    `columns` names those that `change` sets by parameter.
    """
    change = change.values({name: bindparam(name) for name in columns})
    return prepare(insert(OutboxRow).inline().add_cte(change.cte("change")), _EVENT)


class Outbox:
    """Where use cases put their events; `added` is set once some have been committed."""

    def __init__(self) -> None:
        self.added = asyncio.Event()

    async def add(self, tx: Transaction, event_type: EventType, payload: Payload) -> UUID:
        """Adds an event to the transaction, with the current correlation id; its event id.

        The record's key is the payload's POI id.
        """
        event_id = new_id()
        await tx.run(_ADD, **_event(event_id, event_type, payload))
        tx.on_commit(self.added.set)
        return event_id

    async def add_with(
        self, database: Database, change: Change, event_type: EventType, payload: Payload
    ) -> UUID:
        """As `add`, with the only change that there is to make: both in one round trip, not four.

        Raises DependencyUnavailable.
        """
        event_id = new_id()
        event = _event(event_id, event_type, payload)
        await database.run(change.statement, **change.params, **event)
        self.added.set()
        return event_id


def _event(event_id: UUID, event_type: EventType, payload: Payload) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "topic": EVENTS[event_type].topic,
        "key": str(payload.partition_key),
        "value": encode(
            event_type,
            payload,
            event_id=event_id,
            occurred_at=utc_now(),
            correlation_id=current_correlation_id(),
        ),
    }


class OutboxRelay:
    """Moves committed events from the outbox to Kafka for as long as the process runs.

    Woken by the process's own commits, and by a poll for those of other processes and of the
    ones that were left behind. A commit rarely comes alone: it waits a moment for the others, so
    that a busy service spends its time on requests and not on batches of one.
    """

    name = "outbox-relay"

    def __init__(self, database: Database, outbox: Outbox, publisher: Publisher) -> None:
        self._database = database
        self._outbox = outbox
        self._publisher = publisher

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set, then once more for what was committed last."""
        backoff = Backoff()
        while not stop.is_set():
            self._outbox.added.clear()
            try:
                published = await self.publish_batch()
            except DependencyUnavailable as error:
                logger.warning("outbox_relay_waits", reason=error.detail)
                await wait_until(stop, backoff.next_delay())
                continue
            backoff.reset()
            if published < BATCH_SIZE:
                await self._wait_for_work(stop)
        with contextlib.suppress(DependencyUnavailable):
            await self.publish_batch()  # what stays behind, the next process publishes

    async def publish_batch(self) -> int:
        """Publishes the oldest unpublished events, at most BATCH_SIZE; how many.

        Raises DependencyUnavailable when the database or the broker is down; nothing is marked
        then, and the whole batch is published again.
        """
        async with self._database.transaction() as tx:
            await tx.run(_LOCK)
            rows = await tx.all(_UNPUBLISHED)
            if not rows:
                return 0
            await self._publisher.publish(
                [Record(row["topic"], row["key"].encode(), row["value"]) for row in rows]
            )
            await tx.run(_MARK_PUBLISHED, ids=[row["id"] for row in rows])
        OUTBOX_PUBLISHED.inc(len(rows))
        return len(rows)

    async def _wait_for_work(self, stop: asyncio.Event) -> None:
        """Until something is added, the process stops, or it is time to poll."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self._outbox.added, stop)]
        try:
            await asyncio.wait(waits, timeout=_POLL_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        await wait_until(stop, _LINGER_S)


async def republish_all(database: Database) -> int:
    """Marks every event still held as unpublished, for a broker that forgot; how many.

    Consumers that have handled them pass them over by their event ids.
    """
    async with database.transaction() as tx:
        return await tx.run(_REPUBLISH)
