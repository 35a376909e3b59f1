"""A client that is connected and receives nothing is noticed; one that waits or works is not."""

from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from common.ids import new_id
from common.kafka.publisher import Publisher
from common.kafka.records import Record
from common.kafka.watchdog import StuckClient, Watchdog

CHECKS = 10


@pytest.fixture
async def client(broker: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A client that has fetched nothing yet of a partition with a few records."""
    topic = f"watched-{new_id()}"
    publisher = Publisher(broker, client_id="test")
    await publisher.publish([Record(topic, b"a-key", b"0")] * 3)
    await publisher.close()
    client = AIOKafkaConsumer(bootstrap_servers=broker, auto_offset_reset="earliest")
    await client.start()
    try:
        client.assign([TopicPartition(topic, partition) for partition in range(4)])
        yield client
    finally:
        await client.stop()


async def look(watchdog: Watchdog, busy: set[TopicPartition]) -> None:
    for _ in range(CHECKS):
        await watchdog.check(busy=busy)


async def test_a_client_that_stands_still_before_records_is_noticed(
    client: AIOKafkaConsumer,
) -> None:
    with pytest.raises(StuckClient, match="stands at 0 of 3"):
        await look(Watchdog(client, interval_s=0), busy=set())


async def test_a_client_that_moves_is_left_alone(client: AIOKafkaConsumer) -> None:
    watchdog = Watchdog(client, interval_s=0)
    fetched = 0
    while fetched < 3:
        await watchdog.check(busy=[])
        fetched += sum(map(len, (await client.getmany(timeout_ms=200, max_records=1)).values()))
    await look(watchdog, busy=set())


async def test_a_partition_with_work_in_hand_is_left_alone(client: AIOKafkaConsumer) -> None:
    await look(Watchdog(client, interval_s=0), busy=set(client.assignment()))


async def test_between_checks_nobody_is_asked(client: AIOKafkaConsumer) -> None:
    await look(Watchdog(client, interval_s=60), busy=set())
