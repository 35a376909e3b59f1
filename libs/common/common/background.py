"""What runs beside the requests: relay, consumer, workers. None of it dies silently."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import structlog

from common.backoff import Backoff, wait_until

logger = structlog.get_logger(__name__)

_STOP_TIMEOUT_S = 20.0


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
async def running(loops: Sequence[Background]) -> AsyncIterator[None]:
    """Runs the loops during the block, and stops them, within a time limit, at its end."""
    stop = asyncio.Event()
    tasks = {asyncio.create_task(_supervised(loop, stop), name=loop.name) for loop in loops}
    try:
        yield
    finally:
        stop.set()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_STOP_TIMEOUT_S)
            for task in late:
                logger.error("background_did_not_stop", name=task.get_name())
                task.cancel()


async def _supervised(loop: Background, stop: asyncio.Event) -> None:
    """Starts the loop again whenever it ends before its time."""
    backoff = Backoff()
    while not stop.is_set():
        try:
            await loop.run(stop)
        except Exception as error:
            delay = backoff.next_delay()
            logger.error(
                "background_failed", name=loop.name, retry_in_s=round(delay, 1), exc_info=error
            )
            await wait_until(stop, delay)
