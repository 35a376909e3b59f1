"""The records of one partition that are in hand: handled in order, by a task of their own."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from common.kafka.handling import RecordHandler
from common.kafka.records import ReceivedRecord

_BATCH_SIZE = 500
_MOST_WAITING = 2 * _BATCH_SIZE


class Lane:
    """Takes records as they come, and handles one after the other.

    `commit` is called with the offset to go on from, once for what has been handled in a batch,
    also when the lane is closed in the middle of one; `made_room` when a lane that was full may
    not be any more.
    """

    def __init__(
        self,
        handler: RecordHandler,
        commit: Callable[[int], Awaitable[None]],
        made_room: Callable[[], None],
    ) -> None:
        self._handler = handler
        self._commit = commit
        self._made_room = made_room
        self._waiting: deque[ReceivedRecord] = deque()
        self._arrived = asyncio.Event()
        self._reached: int | None = None
        self._task = asyncio.create_task(self._run())

    @property
    def reached(self) -> int | None:
        """The offset of the record that is handled next; None before the first came."""
        return self._waiting[0].offset if self._waiting else self._reached

    @property
    def busy(self) -> bool:
        """Whether a record is in hand."""
        return bool(self._waiting)

    @property
    def full(self) -> bool:
        """Whether no more should be fetched before some of it is handled."""
        return len(self._waiting) >= _MOST_WAITING

    def check(self) -> None:
        """Raises what ended the lane, if anything did: what waits in it would wait for ever."""
        if self._task.done():
            self._task.result()

    def add(self, records: Sequence[ReceivedRecord]) -> None:
        """Puts records behind those that wait."""
        self._waiting.extend(records)
        self._arrived.set()

    async def close(self, timeout_s: float) -> None:
        """Ends the work at a record's boundary, and commits it; what waits is dropped."""
        self._task.cancel()
        await asyncio.wait({self._task}, timeout=timeout_s)

    async def _run(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                await self._handle_batch()
                self._made_room()

    async def _handle_batch(self) -> None:
        done: int | None = None
        try:
            for _ in range(min(len(self._waiting), _BATCH_SIZE)):
                record = self._waiting[0]
                await self._handler.handle(record)
                self._waiting.popleft()
                done = record.offset
                self._reached = done + 1
        finally:
            if done is not None:
                await self._commit(done + 1)
