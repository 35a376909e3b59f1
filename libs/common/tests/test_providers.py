import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from common.providers import MEANINGS, Patience, ProviderError, ProviderFault, retry_after_s


class Provider:
    """Fails as told, one call after the other, then answers."""

    def __init__(self, *failures: ProviderError) -> None:
        self._failures = list(failures)
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        if self._failures:
            raise self._failures.pop(0)
        return "answer"


def failing(fault: ProviderFault, retry_after_s: float | None = None) -> ProviderError:
    return ProviderError(fault, "it failed", retry_after_s=retry_after_s)


BUSY = ProviderFault.UNAVAILABLE


async def test_what_passes_is_tried_again() -> None:
    provider = Provider(failing(BUSY, 0.0))
    assert await Patience(5).run(provider) == "answer"
    assert provider.calls == 2


async def test_it_is_tried_only_so_often() -> None:
    provider = Provider(*[failing(BUSY)] * 5)
    with pytest.raises(ProviderError):
        await Patience(30, tries=2).run(provider)
    assert provider.calls == 2


@pytest.mark.parametrize(
    "fault",
    [
        ProviderFault.OUT_OF_CREDITS,
        ProviderFault.KEY_REFUSED,
        ProviderFault.MISCONFIGURED,
        ProviderFault.REFUSED,
    ],
)
async def test_what_no_waiting_cures_is_not_tried_again(fault: ProviderFault) -> None:
    provider = Provider(failing(fault))
    with pytest.raises(ProviderError) as failure:
        await Patience(5).run(provider)
    assert (failure.value.fault, provider.calls) == (fault, 1)


async def test_the_provider_s_own_wait_is_kept() -> None:
    provider = Provider(failing(ProviderFault.RATE_LIMITED, 0.7))
    began = time.monotonic()
    await Patience(5).run(provider)
    assert time.monotonic() - began >= 0.7


async def test_a_wait_that_ends_too_late_is_not_begun() -> None:
    provider = Provider(failing(ProviderFault.RATE_LIMITED, 60))
    began = time.monotonic()
    with pytest.raises(ProviderError) as failure:
        await Patience(5).run(provider)
    assert failure.value.retry_after_s == 60
    assert time.monotonic() - began < 2


async def test_a_call_that_hangs_ends_with_the_time_limit() -> None:
    with pytest.raises(ProviderError) as failure:
        await Patience(0.05).run(asyncio.Event().wait)
    assert failure.value.fault is ProviderFault.TIMED_OUT
    assert "0.05 s" in failure.value.detail


async def test_calls_share_their_time() -> None:
    patience = Patience(0.2)
    await patience.run(lambda: asyncio.sleep(0.15, "first"))
    with pytest.raises(ProviderError):
        await patience.run(lambda: asyncio.sleep(0.15, "second"))


def test_every_fault_says_what_a_person_can_do() -> None:
    assert set(MEANINGS) == set(ProviderFault)
    assert failing(ProviderFault.OUT_OF_CREDITS).advice.startswith("it failed: add credits")


def test_a_wait_is_read_in_seconds_or_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert retry_after_s({"retry-after": "2.5"}) == 2.5
    assert retry_after_s({"retry-after": soon}) == pytest.approx(30, abs=2)
    assert retry_after_s({"retry-after": "-4"}) == 0
    assert retry_after_s({"retry-after": "soon"}) is None
    assert retry_after_s({}) is None
