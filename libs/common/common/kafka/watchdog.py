"""Notices a Kafka client that is connected in its own eyes and yet receives nothing."""

import asyncio
import time
from collections.abc import Collection

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError

_ANSWER_TIMEOUT_S = 10.0
_STRIKES = 3


class StuckClient(Exception):  # noqa: N818 - says what it is
    """The client must be replaced."""


class Watchdog:
    """Asks the broker now and then how far each partition goes, and compares.

    A partition that has records beyond the client's position, with no work in hand and no
    movement over `_STRIKES` checks, means a client that no longer fetches.
    """

    def __init__(self, client: AIOKafkaConsumer, *, interval_s: float = 10.0) -> None:
        self._client = client
        self._interval_s = interval_s
        self._next_check = time.monotonic() + interval_s
        self._seen: dict[TopicPartition, tuple[int, int]] = {}

    async def check(self, *, busy: Collection[TopicPartition]) -> None:
        """Cheap until its next check is due. Raises StuckClient, KafkaError or TimeoutError."""
        if time.monotonic() < self._next_check:
            return
        self._next_check = time.monotonic() + self._interval_s
        idle = [p for p in self._client.assignment() if p not in busy]
        if not idle:
            return
        async with asyncio.timeout(_ANSWER_TIMEOUT_S):
            ends = await self._client.end_offsets(idle)
            for partition, end in ends.items():
                try:
                    position = await self._client.position(partition)
                except IllegalStateError:
                    continue  # it has been given to another member meanwhile
                self._judge(partition, position, end)

    def _judge(self, partition: TopicPartition, position: int, end: int) -> None:
        previous, strikes = self._seen.get(partition, (-1, 0))
        behind_and_still = position < end and position == previous
        strikes = strikes + 1 if behind_and_still else 0
        self._seen[partition] = (position, strikes)
        if strikes >= _STRIKES:
            raise StuckClient(f"{partition} stands at {position} of {end}")
