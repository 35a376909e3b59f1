"""What Runway's answers mean (https://docs.dev.runwayml.com/errors/errors/)."""

from email.utils import parsedate_to_datetime
from typing import Annotated

import httpx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel
from runwayml import APIConnectionError, APIStatusError

from app.core.failures import (
    OUT_OF_CREDITS,
    RATE_LIMITED,
    REQUEST_REJECTED,
    UNAUTHORIZED,
    Failure,
)
from app.services.provider import Account, Task, TaskStatus
from common.clock import utc_now

#: Refusals after which nobody can say that the call was not accepted: time-outs and conflicts.
_UNSURE = frozenset({408, 409, 425})

#: What httpx raises before the first byte of a request has left.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

_MOST_WORDS = 300


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


class _Cost(_Answer):
    credits: float | None = None


_NO_COST = _Cost()


class CreatedAnswer(_Answer):
    """The answer to the paid call."""

    id: Annotated[str, Field(min_length=1)]
    estimated_cost: _Cost = _NO_COST


class TaskAnswer(_Answer):
    """A task as it is shown."""

    status: TaskStatus
    progress: float | None = None
    cost: _Cost = _NO_COST
    output: tuple[str, ...] = ()
    failure_code: str | None = None
    failure: Annotated[str, BeforeValidator(lambda text: str(text or ""))] = ""

    def task(self) -> Task:
        """In our words."""
        return Task(
            status=self.status,
            progress=self.progress,
            credits=self.cost.credits,
            output=self.output,
            failure_code=self.failure_code,
            failure=self.failure[:_MOST_WORDS],
        )


class _ModelLimits(_Answer):
    max_concurrent_generations: int | None = None


class _Tier(_Answer):
    models: dict[str, _ModelLimits] = {}


class AccountAnswer(_Answer):
    """The organization as it is shown."""

    credit_balance: int
    tier: _Tier = _Tier()

    def account(self, model: str) -> Account:
        """In our words, for one model."""
        limits = self.tier.models.get(model, _ModelLimits())
        return Account(self.credit_balance, limits.max_concurrent_generations)


def refusal_of(error: APIStatusError) -> Failure | None:
    """What a status says was refused; None when the call may have been accepted all the same.

    Runway says that 502–504 are safe to repeat. A gateway says them too after it has passed a call
    on, so they are not taken as a refusal.
    """
    status = error.status_code
    if not 400 <= status < 500 or status in _UNSURE:
        return None
    if status == 402 or (status == 400 and "credit" in words_of(error).lower()):
        return OUT_OF_CREDITS
    return {401: UNAUTHORIZED, 403: UNAUTHORIZED, 429: RATE_LIMITED}.get(status, REQUEST_REJECTED)


def was_never_sent(error: APIConnectionError) -> bool:
    """Whether the connection failed before anything was sent."""
    return isinstance(error.__cause__, _NEVER_SENT)


def words_of(error: APIStatusError) -> str:
    """What the provider says of it, shortened."""
    body = error.body.get("error", error.body) if isinstance(error.body, dict) else error.body
    said = " ".join(str(body or "").split())[:_MOST_WORDS].rstrip(".")
    return f"Runway answered {error.status_code}" + (f" ({said})" if said else "")


def retry_after_s(error: APIStatusError) -> float | None:
    """How long the provider asks to wait, in seconds or until a date (RFC 9110, 10.2.3)."""
    asked = error.response.headers.get("retry-after", "")
    if asked.isdecimal():
        return float(asked)
    try:
        return max((parsedate_to_datetime(asked) - utc_now()).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
