"""The official SDK against a fake Runway: what is sent, how often, and what answers mean."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.clips import clip_order
from app.integrations.runway import Runway
from app.services.provider import (
    Account,
    OutcomeUnknown,
    OutputUnavailable,
    ProviderAway,
    ProviderRefused,
    TaskMissing,
    TaskStatus,
)
from contracts.render import AspectRatio
from devstack.fakes.faults import Fault
from devstack.fakes.runway import CREATE, FakeRunway
from tests.film.stage import photo, scene

KEY = "a-secret-runway-key"
ORDER = clip_order("gen4_turbo", AspectRatio.LANDSCAPE, scene(), 5)


@pytest.fixture
async def runway(runway_url: str) -> AsyncIterator[Runway]:
    provider = Runway(api_key=KEY, base_url=runway_url, create_timeout_s=2)
    yield provider
    await provider.close()


@pytest.fixture
async def picture(runway: Runway, tmp_path: Path) -> str:
    return await runway.upload(photo(tmp_path))


async def test_a_photo_becomes_a_clip(
    runway: Runway, fake_runway: FakeRunway, picture: str, tmp_path: Path
) -> None:
    accepted = await runway.create(ORDER, picture)
    assert accepted.credits == 25
    [asked] = fake_runway.requests(CREATE)
    assert asked.json == {
        "model": "gen4_turbo",
        "promptImage": picture,
        "promptText": ORDER.prompt,
        "ratio": "1280:720",
        "duration": 5,
    }
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    running = await runway.task(accepted.task_id)
    assert (running.status, running.progress) == (TaskStatus.RUNNING, 0.5)
    done = await runway.task(accepted.task_id)
    assert (done.status, done.credits) == (TaskStatus.SUCCEEDED, 25)
    await runway.download(done.output[0], tmp_path / "clip.mp4")
    assert b"ftyp" in (tmp_path / "clip.mp4").read_bytes()[:16]
    assert "authorization" not in fake_runway.requests(".mp4")[0].headers


async def test_the_other_model_is_ordered_alike(
    runway: Runway, fake_runway: FakeRunway, picture: str
) -> None:
    order = clip_order("gen4.5", AspectRatio.PORTRAIT, scene(), 3)
    assert (await runway.create(order, picture)).credits == 36
    [asked] = fake_runway.requests(CREATE)
    assert (asked.json["model"], asked.json["ratio"]) == ("gen4.5", "720:1280")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(drop=True),
        Fault(delay_s=30),
        Fault(status=200, body="{"),
        Fault(status=200, body={"id": ""}),
        Fault(status=200, body={"task": "x"}),
        Fault(status=307, headers={"Location": "/v1/image_to_video"}),
        *(Fault(status=status, body={"error": "?"}) for status in (408, 409, 500, 502, 503, 504)),
    ],
    ids=str,
)
async def test_a_paid_call_is_sent_once_and_its_outcome_left_open(
    runway: Runway, fake_runway: FakeRunway, picture: str, fault: Fault
) -> None:
    fake_runway.will(fault.model_copy(update={"path": CREATE}))
    with pytest.raises(OutcomeUnknown):
        await runway.create(ORDER, picture)
    assert fake_runway.creates == 1


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (400, "You do not have enough credits to run this task.", "provider_out_of_credits"),
        (402, "Payment required", "provider_out_of_credits"),
        (400, "Validation of body failed", "request_rejected"),
        (401, "The API key is not valid.", "provider_key_refused"),
        (403, "Forbidden", "provider_key_refused"),
        (404, "Not found", "request_rejected"),
        (422, "Unprocessable", "request_rejected"),
        (429, "Too many requests", "provider_rate_limited"),
    ],
)
async def test_a_refusal_says_what_it_is_and_is_not_repeated(
    runway: Runway, fake_runway: FakeRunway, picture: str, *, status: int, said: str, code: str
) -> None:
    fake_runway.will(Fault(path=CREATE, status=status, body={"error": said}))
    with pytest.raises(ProviderRefused) as refusal:
        await runway.create(ORDER, picture)
    assert refusal.value.failure.code == code
    assert f"Runway answered {status} ({said.rstrip('.')})" in refusal.value.detail
    assert fake_runway.creates == 1


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [("17", 17), ("Fri, 31 Dec 2100 23:59:59 GMT", 1e9), ("soon", None)],
)
async def test_a_rate_limit_says_how_long_to_wait(
    runway: Runway, fake_runway: FakeRunway, picture: str, header: str, wait_s: float | None
) -> None:
    headers = {"Retry-After": header}
    fake_runway.will(Fault(path=CREATE, status=429, headers=headers, body={"error": "no"}))
    with pytest.raises(ProviderRefused) as refusal:
        await runway.create(ORDER, picture)
    asked = refusal.value.retry_after_s
    assert asked == wait_s or (asked is not None and wait_s == 1e9 and asked > wait_s)


async def test_a_call_that_never_left_is_no_attempt(nobody: str) -> None:
    runway = Runway(api_key=KEY, base_url=f"http://{nobody}", create_timeout_s=2)
    with pytest.raises(ProviderRefused) as refusal:
        await runway.create(ORDER, "runway://picture")
    assert refusal.value.failure.code == "provider_unavailable"
    with pytest.raises(ProviderAway):
        await runway.account("gen4_turbo")
    await runway.close()


async def test_the_key_is_not_in_what_a_refusal_says(
    runway: Runway, fake_runway: FakeRunway, picture: str
) -> None:
    fake_runway.key = "another"
    with pytest.raises(ProviderRefused) as refusal:
        await runway.create(ORDER, picture)
    assert "***" in refusal.value.detail
    assert KEY not in f"{refusal.value} {refusal.value.detail}"


async def test_a_question_is_asked_again_when_its_answer_is_lost(
    runway: Runway, fake_runway: FakeRunway, picture: str
) -> None:
    accepted = await runway.create(ORDER, picture)
    fake_runway.will(Fault(path=accepted.task_id, drop=True))
    assert (await runway.task(accepted.task_id)).status is TaskStatus.RUNNING


@pytest.mark.parametrize("body", ["<html>", {"status": "DREAMING"}, {}, []])
async def test_an_answer_that_cannot_be_read_is_none(
    runway: Runway, fake_runway: FakeRunway, picture: str, body: object
) -> None:
    accepted = await runway.create(ORDER, picture)
    fake_runway.will(Fault(path=accepted.task_id, status=200, body=body))
    with pytest.raises(ProviderAway):
        await runway.task(accepted.task_id)
    fake_runway.will(Fault(path="/v1/uploads", status=200, body=body))
    with pytest.raises(ProviderAway):
        await runway.upload(Path(__file__))


async def test_a_task_that_is_unknown_there_is_missing(runway: Runway) -> None:
    with pytest.raises(TaskMissing):
        await runway.task("b5f6c7d8")
    await runway.cancel("b5f6c7d8")


async def test_the_account_tells_credits_and_limits(
    runway: Runway, fake_runway: FakeRunway
) -> None:
    fake_runway.balance, fake_runway.max_concurrent = 40, 3
    assert await runway.account("gen4_turbo") == Account(credits=40, max_concurrent=3)
    assert await runway.account("gen9") == Account(credits=40, max_concurrent=None)
    fake_runway.max_concurrent = None
    assert (await runway.account("gen4_turbo")).max_concurrent is None


@pytest.mark.parametrize(
    "address",
    ["http://clips.example.test/a.mp4", "ftp://127.0.0.1/a.mp4", "file:///etc/passwd", "a.mp4"],
)
async def test_clips_are_fetched_over_https_or_from_the_providers_own_host(
    runway: Runway, tmp_path: Path, address: str
) -> None:
    with pytest.raises(OutputUnavailable) as refusal:
        await runway.download(address, tmp_path / "clip.mp4")
    assert not refusal.value.passing


async def test_a_redirect_does_not_lead_astray(
    runway: Runway, runway_url: str, fake_runway: FakeRunway, tmp_path: Path
) -> None:
    away = {"Location": "http://clips.example.test/a.mp4"}
    fake_runway.will(Fault(path="/a.mp4", status=302, headers=away))
    with pytest.raises(OutputUnavailable) as refusal:
        await runway.download(f"{runway_url}/a.mp4", tmp_path / "clip.mp4")
    assert not refusal.value.passing


@pytest.mark.parametrize("fault", [Fault(status=403), Fault(status=503), Fault(drop=True)], ids=str)
async def test_a_download_that_fails_may_be_tried_again(
    runway: Runway, runway_url: str, fake_runway: FakeRunway, tmp_path: Path, fault: Fault
) -> None:
    fake_runway.will(fault)
    with pytest.raises(OutputUnavailable) as refusal:
        await runway.download(f"{runway_url}/a.mp4", tmp_path / "clip.mp4")
    assert refusal.value.passing
