"""The consumer loop: order within a partition, partitions apart, offsets, handover and stop."""

import time
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.partitioner import DefaultPartitioner

from common.config import ServiceSettings
from common.db import Database
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.kafka.publisher import Publisher
from common.kafka.records import Record
from common.kafka.replay import replay
from contracts.poi import Poi
from tests.groups import TOPIC, Group, Listener, new_group
from tests.support import BrokerGate, Topics, counted, eventually, make_poi

SHARED = f"shared-{new_id()}"


@pytest.fixture(scope="module")
async def group(broker: str, settings: ServiceSettings) -> AsyncIterator[Group]:
    database = Database(settings)
    publisher = Publisher(broker, client_id="test")
    await database.open()
    yield Group(broker, database, publisher)
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


async def partitions(broker: str) -> list[int]:
    client = AIOKafkaConsumer(TOPIC, bootstrap_servers=broker)
    await client.start()
    try:
        return sorted(client.partitions_for_topic(TOPIC) or ())
    finally:
        await client.stop()


async def two_apart(broker: str) -> tuple[Poi, Poi]:
    """Two POIs whose events travel on different partitions."""
    known = await partitions(broker)
    assert len(known) > 1

    def partition(poi: Poi) -> int:
        return int(DefaultPartitioner()(str(poi.id).encode(), known, known))

    first = second = make_poi()
    while partition(second) == partition(first):
        second = make_poi()
    return first, second


async def uncommitted(broker: str, group: str) -> int:
    """How many records of the topic the group has yet to commit."""
    client = AIOKafkaConsumer(bootstrap_servers=broker, group_id=group, enable_auto_commit=False)
    await client.start()
    try:
        every = [TopicPartition(TOPIC, p) for p in await partitions(broker)]
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


async def test_the_records_that_wait_are_told(group: Group, running: Listener) -> None:
    poi = make_poi()
    known = await partitions(group.bootstrap_servers)
    partition = DefaultPartitioner()(str(poi.id).encode(), known, known)
    labels = {"topic": TOPIC, "partition": str(partition)}
    running.failures[poi.id] = [DependencyUnavailable("the peer is down")] * 2
    sent = await group.send(poi, 3)
    await eventually(lambda: counted("events_waiting", **labels) == 3)
    await eventually(lambda: running.has(*sent))
    await eventually(lambda: counted("events_waiting", **labels) == 0)


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
