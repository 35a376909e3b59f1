"""Waiting between tries."""

import asyncio
import random
from typing import Self


class Backoff:
    """Delays in seconds that double from `first` to `most`, each shortened by up to a quarter.

    The jitter keeps replicas that failed together from trying again together.
    """

    def __init__(self, first: float = 0.5, most: float = 30.0) -> None:
        self._first = first
        self._most = most
        self._failures = 0

    @classmethod
    def after(cls, failures: int, first: float = 0.5, most: float = 30.0) -> Self:
        """The backoff of something that has already failed so many times."""
        backoff = cls(first, most)
        backoff._failures = failures
        return backoff

    def next_delay(self) -> float:
        """Seconds to wait before the next try."""
        delay = min(self._most, self._first * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return delay * random.uniform(0.75, 1.0)  # noqa: S311 - spreading load, not secrets

    def reset(self) -> None:
        """Starts over, after a success."""
        self._failures = 0


async def wait_until(event: asyncio.Event, timeout_s: float) -> bool:
    """Waits for `event` at most `timeout_s` seconds; whether it is set."""
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return False
    return True
