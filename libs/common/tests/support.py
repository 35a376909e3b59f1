"""What the tests of common share."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition

from common.clock import utc_now
from common.ids import new_id
from common.kafka.consumer import received
from common.kafka.records import ReceivedRecord
from contracts.poi import Facts, Poi, PoiStatus

_READ_TIMEOUT_S = 20


def make_poi(name: str = "Maison") -> Poi:
    """A property with nothing special."""
    now = utc_now()
    return Poi(
        id=new_id(),
        name=name,
        description="",
        address="",
        lat=None,
        lon=None,
        poi_type="house",
        tags=(),
        facts=Facts(),
        agency=None,
        status=PoiStatus.DRAFT,
        version=1,
        created_at=now,
        updated_at=now,
    )


@dataclass(frozen=True)
class Seen:
    """A record as a test looks at it."""

    record: ReceivedRecord

    @property
    def key(self) -> bytes | None:
        return self.record.key

    @property
    def headers(self) -> dict[str, str]:
        return {name: value.decode() for name, value in self.record.headers}

    @property
    def event_id(self) -> UUID | None:
        try:
            return UUID(self.json()["event_id"])
        except (ValueError, KeyError, TypeError):
            return None

    def json(self) -> Any:
        return json.loads(self.record.value or b"null")


class Topics:
    """Reads topics from their beginning, outside of any group."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers

    async def read(self, topic: str, event_ids: set[UUID], *, copies: int = 1) -> list[Seen]:
        """The records of these events, in the order of their partition, once all are there."""
        wanted = copies * len(event_ids)
        found: list[Seen] = []
        async with asyncio.timeout(_READ_TIMEOUT_S), self._reader(topic) as reader:
            while len(found) < wanted:
                batches = await reader.getmany(timeout_ms=200)
                seen = [Seen(received(r)) for records in batches.values() for r in records]
                found += [s for s in seen if s.event_id in event_ids]
        return found

    @asynccontextmanager
    async def _reader(self, topic: str) -> AsyncIterator[AIOKafkaConsumer]:
        reader = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers, auto_offset_reset="earliest"
        )
        await reader.start()
        try:
            while not (partitions := reader.partitions_for_topic(topic)):
                await reader._client.force_metadata_update()
                reader._client.add_topic(topic)
                await asyncio.sleep(0.05)
            reader.assign([TopicPartition(topic, partition) for partition in partitions])
            yield reader
        finally:
            await reader.stop()
