"""The consumer loop: order within a partition, partitions apart, offsets, handover and stop."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.partitioner import DefaultPartitioner

from common.clock import utc_now
from common.config import ServiceSettings
from common.db import Database, Transaction
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.kafka.consumer import EventConsumer
from common.kafka.handling import Handlers
from common.kafka.publisher import Publisher
from common.kafka.records import Event, Record
from common.kafka.replay import replay
from contracts.events import EventType, encode
from contracts.poi import Poi
from tests.support import BrokerGate, Topics, eventually, make_poi

TOPIC = "poi.events"
SHARED = f"shared-{new_id()}"


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


@pytest.fixture(scope="module")
async def group(bootstrap_servers: str, settings: ServiceSettings) -> AsyncIterator[Group]:
    database = Database(settings)
    publisher = Publisher(bootstrap_servers, client_id="test")
    await database.open()
    yield Group(bootstrap_servers, database, publisher)
    await publisher.close()
    await database.close()


@pytest.fixture(scope="module")
async def running(group: Group) -> AsyncIterator[Listener]:
    """A member that most tests share: joining a group takes the broker three seconds."""
    listener = Listener()
    async with group.member(SHARED, listener):
        (first,) = await group.send(make_poi())
        await eventually(lambda: listener.has(first))
        yield listener


def new_group() -> str:
    return f"group-{new_id()}"


async def partitions(bootstrap_servers: str) -> list[int]:
    client = AIOKafkaConsumer(TOPIC, bootstrap_servers=bootstrap_servers)
    await client.start()
    try:
        return sorted(client.partitions_for_topic(TOPIC) or ())
    finally:
        await client.stop()


async def two_apart(bootstrap_servers: str) -> tuple[Poi, Poi]:
    """Two POIs whose events travel on different partitions."""
    known = await partitions(bootstrap_servers)
    assert len(known) > 1

    def partition(poi: Poi) -> int:
        return int(DefaultPartitioner()(str(poi.id).encode(), known, known))

    first = second = make_poi()
    while partition(second) == partition(first):
        second = make_poi()
    return first, second


async def uncommitted(bootstrap_servers: str, group: str) -> int:
    """How many records of the topic the group has yet to commit."""
    client = AIOKafkaConsumer(
        bootstrap_servers=bootstrap_servers, group_id=group, enable_auto_commit=False
    )
    await client.start()
    try:
        every = [TopicPartition(TOPIC, p) for p in await partitions(bootstrap_servers)]
        client.assign(every)
        ends = await client.end_offsets(every)
        committed = [await client.committed(p) or 0 for p in ends]
        return int(sum(ends.values()) - sum(committed))
    finally:
        await client.stop()


async def test_a_waiting_event_holds_up_its_own_partition_and_no_other(
    group: Group, running: Listener, topics: Topics
) -> None:
    stuck, free = await two_apart(group.bootstrap_servers)
    running.failures[stuck.id] = [DependencyUnavailable("the peer is down")] * 2
    waiting = await group.send(stuck, 3)
    passing = await group.send(free, 3)
    await eventually(lambda: running.has(*waiting, *passing))
    order = [e for e in running.handled if e in {*waiting, *passing}]
    assert order == [*passing, *waiting]


async def test_poison_holds_up_nothing(group: Group, running: Listener, topics: Topics) -> None:
    poi = make_poi()
    key = str(poi.id).encode()
    await group.publisher.publish([Record(TOPIC, key, b"poison"), Record(TOPIC, key, None)])
    sent = await group.send(poi, 2)
    await eventually(lambda: running.has(*sent), within_s=5)
    letters = await topics.read_keyed("dlq.events", key, 2)
    assert [letter.record.value for letter in letters] == [b"poison", None]


async def test_dead_letters_are_put_back_with_the_same_event_id_and_handled(
    group: Group, running: Listener, topics: Topics
) -> None:
    poi, poison = make_poi(), make_poi()
    running.failures[poi.id] = [RuntimeError("a bug that is fixed then")]
    running.failures[poison.id] = [RuntimeError("a bug that is still there")] * 1000
    sent, unfit = await group.send(poi), await group.send(poison)
    await topics.read("dlq.events", {*sent, *unfit})
    assert not running.has(*sent)
    assert await replay(group.bootstrap_servers, only_group=SHARED) >= 1
    await eventually(lambda: running.has(*sent))
    again = await topics.read(TOPIC, set(sent), copies=2)
    assert len({(r.key, r.record.value) for r in again}) == 1
    assert not any(name.startswith("dlq-") for name in again[1].headers)
    assert len(await topics.read("dlq.events", set(unfit), copies=2)) == 2


async def test_a_member_stops_at_once_and_leaves_committed_what_it_handled(group: Group) -> None:
    name, poi, listener = new_group(), make_poi(), Listener()
    async with group.member(name, listener):
        done = await group.send(poi, 20)
        await eventually(lambda: listener.has(*done))
        listener.failures[poi.id] = [DependencyUnavailable("for long")] * 1000
        left = await group.send(poi, 5)
        await eventually(lambda: left[0] in listener.tried)
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 5
    assert set(listener.tried) & set(left) == {left[0]}
    assert await uncommitted(group.bootstrap_servers, name) == 5


async def test_a_member_that_finds_no_broker_tries_again_until_there_is_one(group: Group) -> None:
    gate = BrokerGate(group.bootstrap_servers)
    await gate.open()
    await gate.shut()
    listener = Listener()
    async with group.member(new_group(), listener, gate.address):
        (sent,) = await group.send(make_poi())
        await gate.open()
        await eventually(lambda: listener.has(sent))
    await gate.shut()
