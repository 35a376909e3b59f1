"""The ledger of paid attempts: what is written down around every call that costs money.

    INTENT ──accepted──▶ SUBMITTED ──▶ SUCCEEDED
      │  └──refused──▶ FAILED ◀──────────┘ or failed there
      └──answer lost──▶ UNKNOWN ──adopted, or the answer came late──▶ SUBMITTED
                           └──abandoned──▶ FAILED

Invariants:
1. INTENT is committed before the call is made, with its estimated cost, and one INTENT is one call.
2. A scene has at most one attempt that is not FAILED (a unique index holds it), so that no call is
   made while an earlier one may have been accepted.
3. INTENT left behind by a worker that is gone becomes UNKNOWN. Only a person, or the answer itself
   coming late, moves it on: never another call.
4. What was spent is read from here alone: the charge where it is known, else the estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.failures import FAILURES, PROVIDER_FAILED, Failure, Remedy
from app.core.renders import StoredFile
from contracts.base import Problem, Resource


class AttemptState(StrEnum):
    """Where an attempt stands."""

    INTENT = "intent"
    SUBMITTED = "submitted"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Attempt(Resource):
    """One paid call and what became of it.

    `round` counts how often the render was tried again when the call was made; `worked_s` is how
    long the task was seen waiting or running, throttled time left out; `photo_sha256` is of the
    photo that the clip was ordered of, as it was fetched; `output` is the clip as the provider made
    it, in our storage.
    """

    id: UUID
    render_id: UUID
    scene_index: int
    round: int
    state: AttemptState
    model: str
    ratio: str
    duration_s: int
    photo_sha256: str | None
    task_id: str | None
    task_status: str | None
    progress: float | None
    estimated_credits: float
    charged_credits: float | None
    error: Problem | None
    worked_s: float
    collect_failures: int
    output: StoredFile | None
    created_at: datetime
    submitted_at: datetime | None
    polled_at: datetime | None
    ended_at: datetime | None

    @property
    def failure(self) -> Failure:
        """What it failed of; unknown codes of older versions count as unexplained."""
        code = self.error.code if self.error else ""
        return FAILURES.get(code, PROVIDER_FAILED)


class StepKind(StrEnum):
    """What a scene's ledger says is next."""

    CALL = "call"
    FOLLOW = "follow"
    RESOLVE = "resolve"
    FAIL = "fail"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """What is next, and the attempt that says so (None before the first)."""

    kind: StepKind
    attempt: Attempt | None = None


_OF_OPEN = {
    AttemptState.INTENT: StepKind.FOLLOW,
    AttemptState.SUBMITTED: StepKind.FOLLOW,
    AttemptState.UNKNOWN: StepKind.RESOLVE,
    AttemptState.SUCCEEDED: StepKind.DONE,
}


def next_step(attempts: Sequence[Attempt], *, current_round: int, max_attempts: int) -> Step:
    """What is next for a scene, given all its attempts, oldest first.

    Attempts of earlier rounds do not count, but for pictures that are refused for good. Only
    failures where another attempt may help count towards `max_attempts`.
    """
    for attempt in attempts:
        if attempt.state is not AttemptState.FAILED:
            return Step(_OF_OPEN[attempt.state], attempt)
        if attempt.failure.remedy is Remedy.NONE:
            return Step(StepKind.FAIL, attempt)
    failed = [attempt for attempt in attempts if attempt.round == current_round]
    counted = [each for each in failed if each.failure.remedy is Remedy.NEW_ATTEMPT]
    last = failed[-1] if failed else None
    if last is not None and last.failure.remedy in {Remedy.RETRY, Remedy.RESUME}:
        return Step(StepKind.FAIL, last)
    if len(counted) >= max_attempts:
        return Step(StepKind.FAIL, counted[-1])
    return Step(StepKind.CALL, last)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be spent, in credits."""

    per_render: int
    per_day: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What has been spent, in credits, by a render and by all of them today (UTC)."""

    render: float
    day: float


def over_budget(caps: Caps, spent: Spent, needed: float) -> str | None:
    """Why `needed` more credits may not be spent, naming the cap; None when they may."""
    checks = (
        ("RUNWAY_MAX_CREDITS_PER_RENDER", caps.per_render, spent.render),
        ("RUNWAY_MAX_CREDITS_PER_DAY", caps.per_day, spent.day),
    )
    for name, cap, already in checks:
        if already + needed > cap:
            return f"{needed:g} credits are needed, {already:g} are spent, and {name} allows {cap}"
    return None
