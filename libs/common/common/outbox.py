"""The transactional outbox: events leave in the same transaction as the data they speak of.

An event is in the outbox exactly when the change that it reports was committed; `common.relay`
takes it to the broker. One that no broker would take is refused here, and its change with it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Update, bindparam, insert

from common.clock import utc_now
from common.correlation import current_correlation_id
from common.db import Database, Transaction
from common.errors import PayloadTooLarge
from common.ids import new_id
from common.kafka.publisher import MAX_RECORD_BYTES
from common.models import OutboxRow
from common.statements import Prepared, prepare
from contracts.events import EVENTS, EventType, Payload, encode

#: What is left of a record is for what a dead letter adds to it.
MAX_EVENT_BYTES = MAX_RECORD_BYTES - (1 << 20)

_EVENT = ["event_id", "topic", "key", "value"]
_ADD = prepare(insert(OutboxRow).inline(), _EVENT)


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

        The record's key is the payload's POI id. Raises PayloadTooLarge.
        """
        event_id = new_id()
        await tx.run(_ADD, **_event(event_id, event_type, payload))
        tx.on_commit(self.added.set)
        return event_id

    async def add_with(
        self, database: Database, change: Change, event_type: EventType, payload: Payload
    ) -> UUID:
        """As `add`, with the only change that there is to make: both in one round trip, not four.

        Raises DependencyUnavailable and PayloadTooLarge.
        """
        event_id = new_id()
        event = _event(event_id, event_type, payload)
        await database.run(change.statement, **change.params, **event)
        self.added.set()
        return event_id


def _event(event_id: UUID, event_type: EventType, payload: Payload) -> dict[str, Any]:
    value = encode(
        event_type,
        payload,
        event_id=event_id,
        occurred_at=utc_now(),
        correlation_id=current_correlation_id(),
    )
    if len(value) > MAX_EVENT_BYTES:
        raise PayloadTooLarge(
            f"the event of this change has {len(value):,} bytes, and may have"
            f" {MAX_EVENT_BYTES:,}: shorten the texts"
        )
    return {
        "event_id": event_id,
        "topic": EVENTS[event_type].topic,
        "key": str(payload.partition_key),
        "value": value,
    }
