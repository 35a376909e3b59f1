"""Providers outside the platform (OpenAI, Runway): what their failures mean, and patience.

Every failure of a provider is a `ProviderError` with one of the codes of `ProviderFault`. Its
remedy says whether waiting helps, a person must act, or nothing will.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import TypeVar

import structlog

from common.backoff import Backoff

logger = structlog.get_logger(__name__)

Answer = TypeVar("Answer")


class Remedy(StrEnum):
    """What helps against a failure."""

    WAIT = "wait"
    PERSON = "person"
    NONE = "none"


class ProviderFault(StrEnum):
    """Why a provider failed; stable."""

    RATE_LIMITED = "provider_rate_limited"
    UNAVAILABLE = "provider_unavailable"
    TIMED_OUT = "provider_timed_out"
    OUT_OF_CREDITS = "provider_out_of_credits"
    KEY_REFUSED = "provider_key_refused"
    MISCONFIGURED = "provider_misconfigured"
    REFUSED = "provider_refused"
    BAD_ANSWER = "provider_bad_answer"


@dataclass(frozen=True, slots=True)
class FaultMeaning:
    """What a fault means, what helps, and what a person does about it."""

    meaning: str
    remedy: Remedy
    advice: str


MEANINGS = MappingProxyType(
    {
        ProviderFault.RATE_LIMITED: FaultMeaning(
            "the provider asks to slow down",
            Remedy.WAIT,
            "wait; if it lasts, ask the provider for higher limits",
        ),
        ProviderFault.UNAVAILABLE: FaultMeaning(
            "the provider cannot be reached, or fails itself",
            Remedy.WAIT,
            "wait; if it lasts, look at the provider's status page",
        ),
        ProviderFault.TIMED_OUT: FaultMeaning(
            "the provider did not answer in time",
            Remedy.WAIT,
            "try again; if it lasts, raise the time limit or take a faster model",
        ),
        ProviderFault.OUT_OF_CREDITS: FaultMeaning(
            "the account has no credits left, or its spending limit is reached",
            Remedy.PERSON,
            "add credits or raise the limit in the provider's billing settings",
        ),
        ProviderFault.KEY_REFUSED: FaultMeaning(
            "the provider does not accept the key, or not for this",
            Remedy.PERSON,
            "check the key and what it may do, then restart the service with the right one",
        ),
        ProviderFault.MISCONFIGURED: FaultMeaning(
            "the provider knows no such model or address",
            Remedy.PERSON,
            "check the model's name and the base URL in the settings",
        ),
        ProviderFault.REFUSED: FaultMeaning(
            "the provider refuses this content",
            Remedy.NONE,
            "change the texts or media that were sent; sending them again will not help",
        ),
        ProviderFault.BAD_ANSWER: FaultMeaning(
            "the provider's answer is not of the form that was asked for",
            Remedy.WAIT,
            "try again; if it lasts, take another model",
        ),
    }
)


class ProviderError(Exception):
    """A provider failed; `detail` holds no secret and may be shown.

    `retry_after_s` is how long the provider itself asks to wait, None when it does not say.
    """

    def __init__(
        self, fault: ProviderFault, detail: str, *, retry_after_s: float | None = None
    ) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail
        self.retry_after_s = retry_after_s

    @property
    def remedy(self) -> Remedy:
        """What helps."""
        return MEANINGS[self.fault].remedy

    @property
    def advice(self) -> str:
        """The detail, and what a person can do."""
        return f"{self.detail}: {MEANINGS[self.fault].advice}"


class Patience:
    """Tries again what passes, and ends within `within_s` seconds in all, its waits included.

    One patience may serve several calls, one after the other or at once: its time is theirs.
    """

    def __init__(self, within_s: float, *, tries: int = 3) -> None:
        self._within_s = within_s
        self._tries = tries
        self._ends_at = asyncio.get_running_loop().time() + within_s

    @property
    def left_s(self) -> float:
        """Seconds that are left; never below 0."""
        return max(0.0, self._ends_at - asyncio.get_running_loop().time())

    async def run(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of `call`. Raises ProviderError."""
        backoff = Backoff(most=8.0)
        for attempt in count(1):
            try:
                async with asyncio.timeout(self.left_s):
                    return await call()
            except TimeoutError:
                raise ProviderError(
                    ProviderFault.TIMED_OUT, f"there was no answer within {self._within_s:g} s"
                ) from None
            except ProviderError as error:
                wait_s = max(error.retry_after_s or 0.0, backoff.next_delay())
                hopeless = error.remedy is not Remedy.WAIT or attempt >= self._tries
                if hopeless or wait_s >= self.left_s:
                    raise
                logger.info("provider_tried_again", code=error.fault, wait_s=round(wait_s, 1))
            await asyncio.sleep(wait_s)
        raise AssertionError("unreachable")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The wait that a `Retry-After` header asks for (seconds or a date); None without one."""
    given = headers.get("retry-after", "")
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
