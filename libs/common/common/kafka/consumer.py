"""The consumer loop of one group.

Invariants:
1. An offset is committed only after its record, and all before it on its partition, need no
   more attention. A crash in between delivers some again; the inbox passes them over.
2. Partitions do not wait for each other: each has a lane of its own, the poll goes on while one
   retries, and the group keeps its member. Only a lane that is full pauses its partition: a
   partition that is paused while the client waits for others is fetched again only after that
   wait, so pausing for each batch would add half a second to every event.
3. A partition that is taken away is let go of at a record's boundary, its progress committed.
4. A client that has stopped making progress (aiokafka #1154, #703) is replaced.
"""

import asyncio
from collections.abc import Collection
from functools import partial

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from common.backoff import Backoff, wait_until
from common.db import Database
from common.kafka.handling import Handlers, RecordHandler
from common.kafka.lane import Lane
from common.kafka.publisher import Publisher
from common.kafka.records import ReceivedRecord
from common.kafka.watchdog import StuckClient, Watchdog
from common.telemetry import EVENTS_WAITING
from contracts.events import EVENTS

logger = structlog.get_logger(__name__)

_POLL_MS = 250
_CLIENT_TIMEOUT_S = 10.0
_LEAVE_TIMEOUT_S = 3.0


class EventConsumer:
    """Hands the records of the topics that `handlers` need to them, for one consumer group."""

    name = "event-consumer"

    def __init__(
        self,
        *,
        bootstrap_servers: str,
        group: str,
        database: Database,
        publisher: Publisher,
        handlers: Handlers,
    ) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._group = group
        self._topics = sorted({str(EVENTS[event_type].topic) for event_type in handlers})
        self._handler = RecordHandler(database, publisher, group, handlers)

    async def run(self, stop: asyncio.Event) -> None:
        """Consumes until `stop` is set; a client that fails is replaced."""
        backoff = Backoff()
        while not stop.is_set():
            session = _Session(self._make_client(), self._handler)
            try:
                await session.start(self._topics)
                backoff.reset()
                await session.consume(stop)
            except (KafkaError, StuckClient, OSError, TimeoutError) as error:
                logger.warning("consumer_restarts", group=self._group, reason=repr(error))
                await wait_until(stop, backoff.next_delay())
            finally:
                await session.close()

    def _make_client(self) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers,
            group_id=self._group,
            client_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=10_000,
            heartbeat_interval_ms=3_000,
            max_poll_interval_ms=300_000,
            metadata_max_age_ms=5_000,  # how soon a topic that is created later is found
            request_timeout_ms=15_000,
        )


class _Session:
    """One client's life: the partitions it was given, each in a lane of its own."""

    def __init__(self, client: AIOKafkaConsumer, handler: RecordHandler) -> None:
        self._client = client
        self._handler = handler
        self._lanes: dict[TopicPartition, Lane] = {}

    async def start(self, topics: list[str]) -> None:
        """Connects within a time limit; how long joining takes, the group's other members say."""
        async with asyncio.timeout(_CLIENT_TIMEOUT_S):
            await self._client.start()
        self._client.subscribe(topics, listener=_Handover(self))

    async def consume(self, stop: asyncio.Event) -> None:
        """Polls until `stop` is set.

        Raises what the client raises, StuckClient, and what nobody foresaw in a lane.
        """
        watchdog = Watchdog(self._client)
        while not stop.is_set():
            batches = await self._client.getmany(timeout_ms=_POLL_MS)
            for partition, records in batches.items():
                lane = self._lane(partition)
                lane.add([received(record) for record in records])
                if lane.full:
                    self._client.pause(partition)
            for partition, lane in self._lanes.items():
                lane.check()
                self._tell(partition, lane)
            await watchdog.check(busy=[p for p, lane in self._lanes.items() if lane.busy])

    async def let_go(self, partitions: Collection[TopicPartition]) -> None:
        """Ends the work on these partitions at a record's boundary, and commits it."""
        lanes = [self._lanes.pop(p) for p in partitions if p in self._lanes]
        await asyncio.gather(*(lane.close(_CLIENT_TIMEOUT_S) for lane in lanes))
        for partition in partitions:
            EVENTS_WAITING.remove(partition.topic, partition.partition)

    async def close(self) -> None:
        """Lets go of everything and leaves the group; takes a bounded time."""
        await self.let_go(list(self._lanes))
        try:
            async with asyncio.timeout(_LEAVE_TIMEOUT_S):
                await self._client.stop()
        except (KafkaError, OSError, TimeoutError):
            await _abandon(self._client)

    def _lane(self, partition: TopicPartition) -> Lane:
        if partition not in self._lanes:
            self._lanes[partition] = Lane(
                self._handler,
                commit=partial(self._commit, partition),
                made_room=partial(self._go_on, partition),
            )
        return self._lanes[partition]

    def _tell(self, partition: TopicPartition, lane: Lane) -> None:
        """Tells how many records wait, of those that the broker has told of."""
        if partition not in self._client.assignment() or lane.reached is None:
            return
        if (end := self._client.highwater(partition)) is not None:
            gauge = EVENTS_WAITING.labels(partition.topic, partition.partition)
            gauge.set(max(0, end - lane.reached))

    def _go_on(self, partition: TopicPartition) -> None:
        """Fetches again for a lane that was full."""
        lane = self._lanes.get(partition)
        if lane is not None and not lane.full and partition in self._client.paused():
            self._client.resume(partition)

    async def _commit(self, partition: TopicPartition, offset: int) -> None:
        """Commits, or leaves it: what is delivered again, the inbox passes over."""
        try:
            async with asyncio.timeout(_CLIENT_TIMEOUT_S):
                await self._client.commit({partition: offset})
        except (KafkaError, OSError, TimeoutError) as error:
            logger.warning("commit_failed", partition=str(partition), reason=repr(error))


class _Handover(ConsumerRebalanceListener):
    def __init__(self, session: _Session) -> None:
        self._session = session

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Called before another member gets these partitions."""
        await self._session.let_go(revoked)

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Called when partitions have come here."""
        logger.info("partitions_assigned", partitions=sorted(str(p) for p in assigned))


async def _abandon(client: AIOKafkaConsumer) -> None:
    """Ends what a stop() that failed, or was cut off, has left running: the rest of its steps."""
    coordinator, fetcher = client._coordinator, client._fetcher  # noqa: SLF001 - no public way
    if coordinator is not None:
        await coordinator._stop_heartbeat_task()  # noqa: SLF001
        await coordinator._stop_commit_offsets_refresh_task()  # noqa: SLF001
    if fetcher is not None:
        await fetcher.close()
    await client._client.close()  # noqa: SLF001


def received(record: ConsumerRecord[bytes, bytes]) -> ReceivedRecord:
    """The record without aiokafka's types."""
    return ReceivedRecord(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=record.timestamp,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )
