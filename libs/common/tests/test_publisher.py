"""The producer: in order, acknowledged, and thrown away whole when the broker fails."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from common.errors import DependencyUnavailable
from common.ids import new_id
from common.kafka.publisher import Publisher, RecordTooLarge
from common.kafka.records import Record
from tests.support import FreezableBroker, Topics, kafka_tasks

TOPIC = "asset.events"


@pytest.fixture
async def publisher(broker: str) -> AsyncIterator[Publisher]:
    publisher = Publisher(broker, client_id="test")
    yield publisher
    await publisher.close()


def record(value: bytes) -> Record:
    return Record(TOPIC, b"a-key", value)


async def test_records_arrive_in_order_with_key_and_headers(
    publisher: Publisher, topics: Topics
) -> None:
    key = str(new_id()).encode()
    headers = [("trace", b"\xff"), ("trace", b"again")]
    values = [f"{n}".encode() for n in range(300)]
    await publisher.publish([Record(TOPIC, key, value, headers) for value in values])
    found = await topics.read_keyed(TOPIC, key, 300)
    assert [one.record.value for one in found] == values
    assert found[0].record.headers == tuple(headers)


async def test_a_broker_that_is_not_there_is_unavailable_at_once(nobody: str) -> None:
    publisher = Publisher(nobody, client_id="test")
    async with asyncio.timeout(5):
        with pytest.raises(DependencyUnavailable, match="the broker cannot take records now"):
            await publisher.publish([record(b"0")])


async def test_a_broker_that_freezes_is_unavailable_and_leaves_nothing_behind(
    freezable: FreezableBroker,
) -> None:
    before = kafka_tasks()
    publisher = Publisher(freezable.address, client_id="test", timeout_s=0.5)
    await publisher.publish([record(b"0")])
    freezable.freeze()
    with pytest.raises(DependencyUnavailable, match="TimeoutError"):
        await publisher.publish([record(b"1")])
    assert kafka_tasks() == before


async def test_a_publish_that_is_cancelled_leaves_nothing_behind(
    freezable: FreezableBroker,
) -> None:
    before = kafka_tasks()
    publisher = Publisher(freezable.address, client_id="test")
    await publisher.publish([record(b"0")])
    freezable.freeze()
    publishing = asyncio.create_task(publisher.publish([record(b"1")]))
    await asyncio.wait({publishing}, timeout=0.1)
    publishing.cancel()
    await asyncio.wait({publishing}, timeout=5)
    assert publishing.cancelled()
    assert kafka_tasks() == before


async def test_closing_while_the_broker_is_frozen_takes_seconds_and_leaves_nothing_behind(
    freezable: FreezableBroker,
) -> None:
    before = kafka_tasks()
    publisher = Publisher(freezable.address, client_id="test")
    await publisher.publish([record(b"0")])
    freezable.freeze()
    async with asyncio.timeout(8):
        await publisher.close()
    assert kafka_tasks() == before


async def test_a_record_that_is_too_large_fails_alone(publisher: Publisher, topics: Topics) -> None:
    with pytest.raises(RecordTooLarge, match="9,437,189 bytes"):
        await publisher.publish([record(b"x" * 9 * 1024 * 1024)])
    key = str(new_id()).encode()
    await publisher.publish([Record(TOPIC, key, b"0")])
    assert len(await topics.read_keyed(TOPIC, key)) == 1
