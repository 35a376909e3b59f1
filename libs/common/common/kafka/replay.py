"""`python -m common.kafka.replay`: puts dead letters back where they came from.

Each goes to its original topic with its original key, value and headers, so with the same event
id: groups that have handled it pass it over. Letters put back are committed, so a second run
takes up only what died since.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from common.errors import DependencyUnavailable
from common.kafka.consumer import received
from common.kafka.dead_letters import is_letter_of, revived
from common.kafka.publisher import Publisher
from contracts.topics import Topic

REPLAY_GROUP = "dlq-replay"
_POLL_MS = 500


async def replay(
    bootstrap_servers: str, *, only_group: str | None = None, dry_run: bool = False
) -> int:
    """Puts back the dead letters that are there now and were not yet put back; how many.

    `only_group` limits it to letters of one consumer group; others are passed over for good, as
    are records that do not say where they came from: no consumer wrote those.
    """
    async with _client(bootstrap_servers, topic=Topic.DEAD_LETTERS) as onlooker:
        partitions = list(onlooker.assignment())
    publisher = Publisher(bootstrap_servers, client_id=REPLAY_GROUP)
    try:
        async with _client(bootstrap_servers, group=REPLAY_GROUP) as consumer:
            consumer.assign(partitions)
            return await _replay(consumer, publisher, only_group=only_group, dry_run=dry_run)
    finally:
        await publisher.close()


@asynccontextmanager
async def _client(
    bootstrap_servers: str, *, topic: Topic | None = None, group: str | None = None
) -> AsyncIterator[AIOKafkaConsumer]:
    """A client of a topic's every partition, or one that commits for a group it never joins:
    joining takes seconds, and there is nobody to share the work with.
    """
    client = AIOKafkaConsumer(
        *([topic.value] if topic else []),
        bootstrap_servers=bootstrap_servers,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    try:
        await client.start()
        yield client
    finally:
        await client.stop()


async def _replay(
    consumer: AIOKafkaConsumer, publisher: Publisher, *, only_group: str | None, dry_run: bool
) -> int:
    """Ends where the topic ended at its start: a letter that dies again is for the next run."""
    count = 0
    ends = await consumer.end_offsets(consumer.assignment())
    for partition, end in ends.items():
        while await consumer.position(partition) < end:
            batch = await consumer.getmany(partition, timeout_ms=_POLL_MS)
            records = [r for r in batch.get(partition, []) if r.offset < end]
            letters = [received(r) for r in records]
            chosen = [letter for letter in letters if is_letter_of(letter, only_group)]
            if records and not dry_run:
                await publisher.publish([revived(letter) for letter in chosen])
                await consumer.commit({partition: records[-1].offset + 1})
            count += len(chosen)
    return count


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Put dead letters back on their topics.")
    parser.add_argument("--group", help="only those of this consumer group")
    parser.add_argument("--dry-run", action="store_true", help="count them, and change nothing")
    options = parser.parse_args()
    servers = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")
    try:
        count = asyncio.run(replay(servers, only_group=options.group, dry_run=options.dry_run))
    except (KafkaError, OSError, DependencyUnavailable) as error:
        sys.exit(f"the broker at {servers} cannot do it now: {error}")
    sys.stdout.write(f"{count} dead letters {'found' if options.dry_run else 'put back'}\n")


if __name__ == "__main__":
    main()
