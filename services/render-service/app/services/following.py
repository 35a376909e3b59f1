"""Following a task that was paid for, until its clip is in our storage."""

from datetime import datetime, timedelta

import structlog

from app.core.clips import clip_size
from app.core.failures import (
    CANCELLED_THERE,
    OUTPUT_INVALID,
    OUTPUT_UNREACHABLE,
    TASK_LOST,
    TIMED_OUT,
    failure_of_task,
)
from app.core.ledger import Attempt
from app.film.values import FilmError
from app.services.location import Location, Turn
from app.services.provider import (
    OutputUnavailable,
    ProviderAway,
    ProviderRefused,
    Task,
    TaskMissing,
    TaskStatus,
)
from app.services.shelf import Shelf

logger = structlog.get_logger(__name__)

#: A task may not be known everywhere at the provider for so long after it was accepted.
_NEWBORN = timedelta(minutes=2)

#: How often a finished clip is fetched before it counts as lost (fetching again costs nothing, a
#: new attempt would), and the longest pause between.
_COLLECT_TRIES = 8
_LONGEST_PAUSE_S = 60.0


class Follower:
    """Asks for tasks, and fetches what they made."""

    def __init__(self, location: Location) -> None:
        self._provider = location.provider
        self._lab = location.lab
        self._storage = location.storage
        self._ledger = location.ledger
        self._gate = location.gate
        self._terms = location.terms
        self._pace = location.pace

    async def follow(self, turn: Turn, attempt: Attempt) -> None:
        """Asks for a task, unless it is too early to, and writes down how it stands.

        Raises LeaseLost and DependencyUnavailable.
        """
        if attempt.task_id is None or not self._is_due(attempt, turn.now):
            return
        try:
            task = await self._provider.task(attempt.task_id)
        except TaskMissing:
            await self._missing(turn, attempt)
        except ProviderAway as reason:
            logger.warning("task_not_seen", task_id=attempt.task_id, reason=str(reason))
            await self._ledger.not_seen(turn.job, attempt)
        except ProviderRefused as refusal:
            logger.warning("task_not_shown", task_id=attempt.task_id, code=refusal.failure.code)
            await self._gate.hold(refusal.problem, refusal.retry_after_s)
            await self._ledger.not_seen(turn.job, attempt)
        else:
            await self._write_down(turn, attempt, task)

    def _is_due(self, attempt: Attempt, now: datetime) -> bool:
        pause = self._pace.poll_s * 2.0**attempt.collect_failures
        longest = max(_LONGEST_PAUSE_S, self._pace.poll_s)
        return attempt.polled_at is None or now - attempt.polled_at >= timedelta(
            seconds=min(pause, longest)
        )

    async def _missing(self, turn: Turn, attempt: Attempt) -> None:
        if attempt.submitted_at is None or turn.now - attempt.submitted_at < _NEWBORN:
            await self._ledger.not_seen(turn.job, attempt)
        else:
            await self._ledger.failed(turn.job, attempt, TASK_LOST, "", None)

    async def _write_down(self, turn: Turn, attempt: Attempt, task: Task) -> None:
        match task.status:
            case TaskStatus.SUCCEEDED:
                await self._collect(turn, attempt, task)
            case TaskStatus.FAILED:
                reason = f"{task.failure_code or 'no code'}: {task.failure}"
                failure = failure_of_task(task.failure_code)
                await self._ledger.failed(turn.job, attempt, failure, reason, task.credits)
            case TaskStatus.CANCELLED:
                await self._ledger.failed(turn.job, attempt, CANCELLED_THERE, "", task.credits)
            case _:
                worked_s = attempt.worked_s + self._worked_since(attempt, task, turn.now)
                if worked_s <= self._terms.task_timeout_s:
                    await self._ledger.seen(turn.job, attempt, task, worked_s)
                else:
                    detail = f"it is {task.status} after {worked_s:.0f} s"
                    await self._ledger.failed(turn.job, attempt, TIMED_OUT, detail, None)

    def _worked_since(self, attempt: Attempt, task: Task, now: datetime) -> float:
        """Seconds since the task was last seen, unless it was throttled or nobody looked."""
        if task.status is TaskStatus.THROTTLED or attempt.polled_at is None:
            return 0.0
        longest = 2 * (self._pace.poll_s + self._pace.jitter_s)
        return min((now - attempt.polled_at).total_seconds(), longest)

    async def _collect(self, turn: Turn, attempt: Attempt, task: Task) -> None:
        clip = turn.folder / f"clip-{attempt.id}.mp4"
        try:
            await self._provider.download(_address(task), clip)
            await self._lab.inspect(clip, clip_size(attempt.ratio), attempt.duration_s)
        except OutputUnavailable as reason:
            failure, detail, passing = OUTPUT_UNREACHABLE, reason.detail, reason.passing
        except FilmError as reason:
            failure, detail, passing = OUTPUT_INVALID, reason.detail, True
        else:
            output = await Shelf(self._storage, attempt.render_id).put_clip(attempt.id, clip)
            await self._ledger.collected(turn.job, attempt, output, task.credits)
            logger.info("clip_collected", task_id=attempt.task_id, credits=task.credits)
            return
        logger.warning("clip_not_collected", task_id=attempt.task_id, reason=detail)
        if passing and attempt.collect_failures + 1 < _COLLECT_TRIES:
            await self._ledger.not_collected(turn.job, attempt)
        else:
            await self._ledger.failed(turn.job, attempt, failure, detail, task.credits)


def _address(task: Task) -> str:
    if not task.output:
        raise OutputUnavailable("the task has no output", passing=True)
    return task.output[0]
