"""Members of consumer groups, and what they hear."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from common.clock import utc_now
from common.db import Database, Transaction
from common.ids import new_id
from common.kafka.consumer import EventConsumer
from common.kafka.handling import Handlers
from common.kafka.publisher import Publisher
from common.kafka.records import Event, Record
from contracts.events import EventType, encode
from contracts.poi import Poi

TOPIC = "poi.events"


@dataclass
class Listener:
    """Notes the events that it handles, in order, once it has failed as told for their POI."""

    failures: dict[UUID, list[Exception]] = field(default_factory=dict)
    handled: list[UUID] = field(default_factory=list)
    tried: list[UUID] = field(default_factory=list)

    async def on_update(
        self, tx: Transaction, event: Event[Poi]  # noqa: ARG002 - a Handler's
    ) -> None:
        self.tried.append(event.event_id)
        if failures := self.failures.get(event.payload.id):
            raise failures.pop(0)
        self.handled.append(event.event_id)

    @property
    def handlers(self) -> Handlers:
        return {EventType.POI_UPDATED: self.on_update}

    def has(self, *event_ids: UUID) -> bool:
        return set(event_ids) <= set(self.handled)


@dataclass
class Group:
    """Runs members of consumer groups on the real broker protocol."""

    bootstrap_servers: str
    database: Database
    publisher: Publisher

    @asynccontextmanager
    async def member(
        self, group: str, listener: Listener, bootstrap_servers: str | None = None
    ) -> AsyncIterator[None]:
        consumer = EventConsumer(
            bootstrap_servers=bootstrap_servers or self.bootstrap_servers,
            group=group,
            database=self.database,
            publisher=self.publisher,
            handlers=listener.handlers,
        )
        stop = asyncio.Event()
        task = asyncio.create_task(consumer.run(stop))
        try:
            yield
        finally:
            stop.set()
            async with asyncio.timeout(8):
                await task

    async def send(self, poi: Poi, count: int = 1) -> list[UUID]:
        """Publishes updates of the POI; their event ids, in order."""
        event_ids = [new_id() for _ in range(count)]
        values = [
            encode(
                EventType.POI_UPDATED,
                poi,
                event_id=event_id,
                occurred_at=utc_now(),
                correlation_id="from-the-request",
            )
            for event_id in event_ids
        ]
        key = str(poi.id).encode()
        await self.publisher.publish([Record(TOPIC, key, value) for value in values])
        return event_ids


def new_group() -> str:
    return f"group-{new_id()}"
