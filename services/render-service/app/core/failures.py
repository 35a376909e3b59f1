"""What can go wrong with a paid clip: a stable code, what helps, and what a person should do.

Codes of tasks follow https://docs.dev.runwayml.com/errors/task-failures/ (read in November 2026),
answers to calls https://docs.dev.runwayml.com/errors/errors/. What can happen with any provider has
the code that it has with all of them (`common.providers.ProviderFault`).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from common.providers import ProviderFault
from contracts.base import Problem


class Remedy(StrEnum):
    """What helps against a failure."""

    #: Another attempt, made by itself up to RUNWAY_MAX_ATTEMPTS.
    NEW_ATTEMPT = "new_attempt"
    #: Nothing was accepted: the call is made once the provider takes calls. Not an attempt.
    LATER = "later"
    #: A person's retry, which makes a new attempt.
    RETRY = "retry"
    #: A person's retry, which asks for the same task again and costs nothing.
    RESUME = "resume"
    #: Nothing: the same picture is never sent again.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Failure:
    """One kind of failure; one that `stops_queue` would meet every other call as well."""

    code: str
    remedy: Remedy
    advice: str
    stops_queue: bool = False

    def problem(self, detail: str) -> Problem:
        """How users see it: what happened, and what to do."""
        return Problem(code=self.code, detail=f"{detail}: {self.advice}" if detail else self.advice)


CONTENT_REFUSED = Failure(
    "content_refused",
    Remedy.NONE,
    "the provider's moderation refuses this picture for good; use another photo, or"
    " RUNWAY_FALLBACK=local and retry",
)
PICTURE_REFUSED = Failure(
    "picture_refused",
    Remedy.NONE,
    "the provider cannot use this picture; use another photo, or RUNWAY_FALLBACK=local and retry",
)
PROVIDER_INTERNAL = Failure(
    "provider_internal", Remedy.NEW_ATTEMPT, "the provider failed by its own fault; retry later"
)
THIRD_PARTY = Failure(
    "provider_third_party", Remedy.NEW_ATTEMPT, "a model behind the provider failed; retry later"
)
PROVIDER_FAILED = Failure(
    "provider_failed", Remedy.RETRY, "the provider gave no known reason; look there, then retry"
)
CANCELLED_THERE = Failure(
    "provider_cancelled", Remedy.RETRY, "the task was cancelled at the provider; retry if wanted"
)
TASK_LOST = Failure(
    "provider_task_lost", Remedy.RETRY, "the provider knows no such task; look there, then retry"
)
TIMED_OUT = Failure(
    ProviderFault.TIMED_OUT,
    Remedy.RESUME,
    "the task takes longer than RUNWAY_TASK_TIMEOUT_S; retry asks for the same task again, at no"
    " cost",
)
OUTPUT_UNREACHABLE = Failure(
    "output_unreachable",
    Remedy.RESUME,
    "the finished clip could not be downloaded; retry asks for the same task again, at no cost",
)
OUTPUT_INVALID = Failure(
    "output_invalid",
    Remedy.RETRY,
    "the clip was paid for and is of no use; look at it there, then retry, which pays again",
)
REQUEST_REJECTED = Failure(
    "request_rejected", Remedy.RETRY, "the provider rejects the request; see the log, then retry"
)
RATE_LIMITED = Failure(
    ProviderFault.RATE_LIMITED,
    Remedy.LATER,
    "the account's limit is reached; it goes on by itself",
)
UNREACHABLE = Failure(
    ProviderFault.UNAVAILABLE,
    Remedy.LATER,
    "the provider cannot be reached; it goes on by itself; if it lasts, look at the provider's"
    " status page",
)
OUT_OF_CREDITS = Failure(
    ProviderFault.OUT_OF_CREDITS,
    Remedy.RETRY,
    "the provider's account has too few credits; buy some: what waits goes on by itself, what"
    " failed can be tried again",
    stops_queue=True,
)
UNAUTHORIZED = Failure(
    ProviderFault.KEY_REFUSED,
    Remedy.RETRY,
    "the provider refuses RUNWAY_API_KEY; restart the service with a valid one: what waits goes on"
    " by itself, what failed can be tried again",
    stops_queue=True,
)
BUDGET_EXCEEDED = Failure(
    "budget_exceeded",
    Remedy.RETRY,
    "raise that cap or, if it is the one of the day, wait until tomorrow (UTC); then retry",
)
ABANDONED = Failure("abandoned", Remedy.LATER, "a person gave the call up; it may be made anew")
RECALLED = Failure("recalled", Remedy.NONE, "the render was cancelled")
OUTCOME_UNKNOWN = Failure(
    "provider_outcome_unknown",
    Remedy.RETRY,
    "the call may have been accepted and paid for, and is not made again; look for the task at the"
    " provider, resolve the scene with its id (adopt) or with abandon, then retry",
)


def unknown_outcome(render_id: UUID, scene_index: int, reason: str) -> Problem:
    """A paid call whose answer was lost, with the address at which a person resolves it."""
    where = f"POST /renders/{render_id}/scenes/{scene_index}/resolve"
    problem = OUTCOME_UNKNOWN.problem(reason)
    return Problem(code=problem.code, detail=f"{problem.detail} ({where})")


FAILURES = {
    failure.code: failure
    for failure in (
        CONTENT_REFUSED,
        PICTURE_REFUSED,
        PROVIDER_INTERNAL,
        THIRD_PARTY,
        PROVIDER_FAILED,
        CANCELLED_THERE,
        TASK_LOST,
        TIMED_OUT,
        OUTPUT_UNREACHABLE,
        OUTPUT_INVALID,
        REQUEST_REJECTED,
        RATE_LIMITED,
        UNREACHABLE,
        OUT_OF_CREDITS,
        UNAUTHORIZED,
        BUDGET_EXCEEDED,
        ABANDONED,
        RECALLED,
        OUTCOME_UNKNOWN,
    )
}

#: Failures of a scene that end its whole render with their own code.
RENDER_ENDING = frozenset(
    {BUDGET_EXCEEDED.code, *(each.code for each in FAILURES.values() if each.stops_queue)}
)

_TASK_FAILURES = (
    ("SAFETY", CONTENT_REFUSED),
    ("INPUT_PREPROCESSING.SAFETY", CONTENT_REFUSED),
    ("ASSET.INVALID", PICTURE_REFUSED),
    ("INPUT_PREPROCESSING.INTERNAL", PROVIDER_INTERNAL),
    ("INTERNAL", PROVIDER_INTERNAL),
    ("THIRD_PARTY", THIRD_PARTY),
)


def failure_of_task(failure_code: str | None) -> Failure:
    """What the provider's code of a failed task means; codes are read by their dotted prefix."""
    code = (failure_code or "").upper()
    for prefix, failure in _TASK_FAILURES:
        if code == prefix or code.startswith(f"{prefix}."):
            return failure
    return PROVIDER_FAILED
