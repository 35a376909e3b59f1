"""When the provider may be called: agreed among replicas, by a row of the database.

- Limits: no more tasks at once than the account's tier allows; asked again every ten minutes.
- Held: a refusal for being too many, or no answer, holds every call back for as long as the
  provider asks, or twice as long each time.
- Stopped: without credits, or with a key that is refused, no call is made until the account is
  found in order; looking costs nothing, and one replica at a time looks.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

import structlog

from app.core.clips import Model
from app.core.failures import UNREACHABLE, Failure
from app.db import attempts, provider_queue
from app.db.provider_queue import ProviderQueue
from app.services.provider import Account, ClipProvider, ProviderAway, ProviderRefused
from common.backoff import Backoff
from common.db import Database
from contracts.base import Problem

logger = structlog.get_logger(__name__)

_LIMITS_LAST_S = 600.0
_A_DAY_S = 86_400.0

#: The longest time between two turns of a render that waits for the provider to take calls.
_LONGEST_WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient to be, in seconds.

    A task is asked for at most every `poll_s`: the provider wants five seconds or more, spread by
    `jitter_s`. Calls are held back from `hold_s` to `most_hold_s`; a stopped account is looked at
    every `look_s`. `answer_s` is how long the answer to a paid call is waited for when the process
    is told to stop.
    """

    poll_s: float = 5.0
    jitter_s: float = 2.5
    hold_s: float = 5.0
    most_hold_s: float = 600.0
    look_s: float = 60.0
    answer_s: float = 12.0

    def next_turn(self, wait_s: float) -> timedelta:
        """When to look again; no call may be made for `wait_s`."""
        least = max(self.poll_s, min(wait_s, _LONGEST_WAIT_S))
        jitter = random.uniform(0, self.jitter_s)  # noqa: S311 - spreading load, no secret
        return timedelta(seconds=least + jitter)


class Gate:
    """Says whether a paid call may be made now."""

    def __init__(
        self, database: Database, provider: ClipProvider, model: Model, pace: Pace
    ) -> None:
        self._database = database
        self._provider = provider
        self._model = model
        self._pace = pace

    async def is_open(self, credits_needed: int) -> bool:
        """Whether a call of that cost may be made now; looks at the account when it is time to."""
        async with self._database.connection() as queries:
            queue = await provider_queue.read(queries)
            running = await attempts.running(queries)
        if queue.wait_s > 0:
            return False
        known = queue.limits_age_s is not None and queue.limits_age_s < _LIMITS_LAST_S
        if queue.stopped is not None or not known:
            queue = await self._look_at_account(queue, credits_needed)
        is_free = queue.max_concurrent is None or running < queue.max_concurrent
        return queue.stopped is None and queue.wait_s == 0 and is_free

    async def stopped(self) -> Problem | None:
        """Why the queue stands, if it does."""
        async with self._database.connection() as queries:
            return (await provider_queue.read(queries)).stopped

    async def hold(self, problem: Problem, retry_after_s: float | None = None) -> None:
        """Holds every call back: as long as the provider asks, or longer each time.

        `problem` is what users are told meanwhile.
        """
        async with self._database.transaction() as tx:
            queue = await provider_queue.lock(tx)
            pause = Backoff.after(queue.strikes, self._pace.hold_s, self._pace.most_hold_s)
            delay = min(pause.next_delay() if retry_after_s is None else retry_after_s, _A_DAY_S)
            await provider_queue.hold(tx, problem, timedelta(seconds=delay))
        logger.warning(
            "provider_held",
            code=problem.code,
            seconds=round(delay, 1),
            strikes=queue.strikes + 1,
        )

    async def stop(self, failure: Failure, detail: str) -> None:
        """Stops every call until the account is in order."""
        async with self._database.transaction() as tx:
            await provider_queue.lock(tx)
            look_after = timedelta(seconds=self._pace.look_s)
            await provider_queue.stop(tx, failure.problem(detail), look_after=look_after)
        logger.error("provider_stopped", code=failure.code, advice=failure.advice)

    async def _look_at_account(self, queue: ProviderQueue, credits_needed: int) -> ProviderQueue:
        if queue.stopped is not None and not await self._takes_turn(queue.stopped):
            return queue
        try:
            account = await self._provider.account(self._model)
        except ProviderAway as reason:
            await self.hold(UNREACHABLE.problem(str(reason)))
        except ProviderRefused as refusal:
            if refusal.failure.stops_queue:
                await self.stop(refusal.failure, refusal.detail)
            else:
                await self._note(Account(credits=0, max_concurrent=None), restart=False)
        else:
            in_order = queue.stopped is not None and account.credits >= credits_needed
            await self._note(account, restart=in_order)
        async with self._database.connection() as queries:
            return await provider_queue.read(queries)

    async def _note(self, account: Account, *, restart: bool) -> None:
        async with self._database.transaction() as tx:
            await provider_queue.lock(tx)
            await provider_queue.keep_limits(tx, account.max_concurrent)
            if restart:
                await provider_queue.restart(tx)
                logger.info("provider_restarted", credits=account.credits)

    async def _takes_turn(self, stopped: Problem) -> bool:
        """Whether it is this replica's to look: the others wait for their turn."""
        async with self._database.transaction() as tx:
            queue = await provider_queue.lock(tx)
            if queue.stopped is None or queue.wait_s > 0:
                return False
            look_after = timedelta(seconds=self._pace.look_s)
            await provider_queue.stop(tx, stopped, look_after=look_after)
        return True
