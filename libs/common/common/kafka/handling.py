"""What becomes of one received record: handled, passed over, retried, or a dead letter.

- A record that cannot be read, or whose handler fails, is poison: it goes to `dlq.events` at once.
- A passing fault (database or peer down) is retried in place for as long as it lasts, and is
  never dead-lettered; the records behind it on the same partition wait, so order holds.
- Unknown event types and types without a handler are passed over.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from common.backoff import Backoff
from common.clock import utc_now
from common.correlation import accepted_correlation_id, bound_correlation_id
from common.db import Database, Transaction
from common.errors import DependencyUnavailable
from common.inbox import first_time
from common.kafka.dead_letters import dead_letter
from common.kafka.publisher import Publisher
from common.kafka.records import Event, ReceivedRecord
from common.telemetry import EVENT_DELAY, EVENTS_CONSUMED
from contracts.events import EVENTS, Envelope, EventType

logger = structlog.get_logger(__name__)

_PASSING = (DependencyUnavailable, ConnectionError, TimeoutError)

Handler = Callable[[Transaction, Event[Any]], Awaitable[None]]
Handlers = Mapping[EventType, Handler]


class UnreadableRecord(ValueError):  # noqa: N818 - says what it is
    """A record that is not an envelope of a known schema version."""


def read_envelope(value: bytes | None) -> Envelope:
    """The envelope of a record's value; raises UnreadableRecord."""
    if value is None:
        raise UnreadableRecord("the record has no value")
    try:
        return Envelope.model_validate_json(value)
    except ValueError as error:
        raise UnreadableRecord(str(error)) from error


class RecordHandler:
    """Handles the records of one consumer group, each once in effect."""

    def __init__(
        self, database: Database, publisher: Publisher, group: str, handlers: Handlers
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._group = group
        self._handlers = handlers

    async def handle(self, received: ReceivedRecord) -> None:
        """Returns once the record needs no more attention, however long that takes."""
        backoff = Backoff()
        while True:
            try:
                await self._handle_or_bury(received)
            except _PASSING as error:
                delay = backoff.next_delay()
                logger.warning(
                    "event_handling_waits",
                    topic=received.topic,
                    partition=received.partition,
                    offset=received.offset,
                    reason=str(error),
                    retry_in_s=round(delay, 1),
                )
                EVENTS_CONSUMED.labels(received.topic, "retried").inc()
                await asyncio.sleep(delay)
            else:
                return

    async def _handle_or_bury(self, received: ReceivedRecord) -> None:
        try:
            outcome = await self._handle_once(received)
        except _PASSING:
            raise
        except Exception as error:
            logger.error(
                "event_dead_lettered",
                topic=received.topic,
                partition=received.partition,
                offset=received.offset,
                exc_info=error,
            )
            await self._publisher.publish([dead_letter(received, self._group, error)])
            outcome = "dead_lettered"
        EVENTS_CONSUMED.labels(received.topic, outcome).inc()

    async def _handle_once(self, received: ReceivedRecord) -> str:
        envelope = read_envelope(received.value)
        try:
            event_type = EventType(envelope.event_type)
            handler = self._handlers[event_type]
        except (ValueError, KeyError):  # a type of a later version, or one we have no use for
            return "passed_over"
        event = Event(
            event_id=envelope.event_id,
            event_type=event_type,
            occurred_at=envelope.occurred_at,
            correlation_id=accepted_correlation_id(envelope.correlation_id),
            payload=EVENTS[event_type].payload.model_validate(envelope.payload),
        )
        with bound_correlation_id(event.correlation_id):
            async with self._database.transaction() as tx:
                if not await first_time(tx, self._group, event.event_id):
                    return "duplicate"
                await handler(tx, event)
        EVENT_DELAY.labels(received.topic).observe((utc_now() - event.occurred_at).total_seconds())
        return "handled"
