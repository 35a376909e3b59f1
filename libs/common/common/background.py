"""What runs beside the requests: relay, consumer, workers. None of it dies silently."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

from common.backoff import Backoff, wait_until

logger = structlog.get_logger(__name__)

#: With the seconds that requests get before, and the relay and the connections after, a process
#: ends within half a minute whatever hangs.
_STOP_TIMEOUT_S = 8.0
_CANCEL_TIMEOUT_S = 2.0
_STEADY_S = 60.0


class Background(Protocol):
    """A loop that runs for as long as the process does."""

    @property
    def name(self) -> str:
        """What logs call it."""
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set, and then ends what it has in hand or hands it back."""
        ...


@asynccontextmanager
async def running(
    loops: Sequence[Background], *, stop_timeout_s: float = _STOP_TIMEOUT_S
) -> AsyncIterator[None]:
    """Runs the loops during the block, and stops them, within a time limit, at its end."""
    stop = asyncio.Event()
    tasks = {asyncio.create_task(_supervised(loop, stop), name=loop.name) for loop in loops}
    try:
        yield
    finally:
        stop.set()
        await _ended(tasks, stop_timeout_s)


async def _ended(tasks: set[asyncio.Task[None]], timeout_s: float) -> None:
    """Waits for the tasks to end by themselves, and cancels those that do not."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=timeout_s)
    for task in late:
        logger.warning("background_did_not_stop", name=task.get_name())
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=_CANCEL_TIMEOUT_S)


async def _supervised(loop: Background, stop: asyncio.Event) -> None:
    """Starts the loop again whenever it ends before its time."""
    backoff = Backoff()
    while not stop.is_set():
        started = time.monotonic()
        try:
            await loop.run(stop)
        except Exception as error:
            logger.error("background_failed", name=loop.name, exc_info=error)
        else:
            if stop.is_set():
                return
            logger.error("background_ended_before_its_time", name=loop.name)
        if time.monotonic() - started > _STEADY_S:
            backoff.reset()
        await wait_until(stop, backoff.next_delay())
