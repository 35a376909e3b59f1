"""Whole jobs with the real SDK against a fake OpenAI: what is heard, sent, paid and waited for."""

import asyncio
import signal
import sys
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
import structlog
from sqlalchemy import text

from app.core.config import Settings
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.jobs import JobWaits
from contracts.asset import Asset, ContentStatus
from contracts.transcription import TranscriptionStatus
from devstack.fakes.faults import Fault
from devstack.fakes.openai_rules import MOST_UPLOAD_BYTES, error_body
from tests.dying import Orders
from tests.live import KEY, PATH, SAID, Live
from tests.support import EXPIRED, Recordings, Shelf, make_asset

ROOT = Path(__file__).parents[2]


async def test_a_walk_through_is_transcribed_with_the_times_of_its_pieces(
    live: Live, recordings: Recordings
) -> None:
    live.says(*SAID)
    asset = make_asset(new_id())
    started = await live.start(asset)
    async with live.transcriber() as transcriber:
        await live.bench.run_next(Shelf.of(asset, recordings.speech), transcriber)
    done = await live.shown(started)
    assert done.status is TranscriptionStatus.COMPLETED
    assert done.text == " ".join(SAID)
    assert [segment.text for segment in done.segments] == list(SAID)
    for segment, starts_s in zip(done.segments, [0, 4, 8, 12], strict=True):
        assert segment.start_s == pytest.approx(starts_s, abs=0.5)
    assert (done.language, done.provider) == ("fr", "openai")
    assert [event["event_type"] for event in await live.bench.events()] == [
        "transcription.completed"
    ]


async def test_what_is_sent_is_small_and_says_what_was_heard_before(
    live: Live, recordings: Recordings
) -> None:
    live.says(*SAID)
    asset = make_asset(new_id())
    await live.start(asset)
    async with live.transcriber() as transcriber:
        await live.bench.run_next(Shelf.of(asset, recordings.speech), transcriber)
    assert all(len(asked.body) < MOST_UPLOAD_BYTES for asked in live.openai.requests(PATH))
    assert live.sent(0, "model") == "gpt-transcribe"
    assert [live.sent(at, "prompt") for at in range(4)] == [None, *SAID[:3]]


async def test_what_was_listened_to_and_its_cost_are_logged(
    live: Live, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    await live.start(asset)
    async with live.transcriber() as transcriber:
        with structlog.testing.capture_logs() as logs:
            await live.bench.run_next(Shelf.of(asset, recordings.speech), transcriber)
    (completed,) = [event for event in logs if event["event"] == "transcription_completed"]
    assert completed["listened_s"] == pytest.approx(13.5, abs=1)
    assert Decimal(completed["cost_usd"]) == pytest.approx(
        Decimal("0.0045") * Decimal(completed["listened_s"]) / 60, abs=Decimal("0.00001")
    )


async def test_a_model_that_tells_times_is_taken_at_its_word(
    live: Live, recordings: Recordings
) -> None:
    live.says("Une entrée. Un séjour.")
    asset = make_asset(new_id())
    started = await live.start(asset)
    async with live.transcriber(model="whisper-1", response_format="verbose_json") as transcriber:
        await live.bench.run_next(Shelf.of(asset, recordings.video), transcriber)
    done = await live.shown(started)
    assert [segment.text for segment in done.segments] == ["Une entrée.", "Un séjour."]
    assert done.segments[0].end_s == done.segments[1].start_s == pytest.approx(1.5, abs=0.2)
    assert done.language == "fr"


async def test_silence_is_not_sent_and_nothing_is_said_in_it(
    live: Live, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await live.start(asset)
    async with live.transcriber() as transcriber:
        await live.bench.run_next(Shelf.of(asset, recordings.audio), transcriber)
    done = await live.shown(started)
    assert (done.status, done.text, done.segments) == (TranscriptionStatus.COMPLETED, "", ())
    assert live.asked == 0


async def test_an_outage_in_the_middle_costs_no_piece_twice(
    live: Live, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    assets = Shelf.of(asset, recordings.speech)
    started = await live.start(asset)
    live.says(*SAID[:2])
    live.openai.will(Fault(path=PATH, drop=True, times=3))
    async with live.transcriber() as transcriber:
        job = await live.bench.claim(EXPIRED)
        with pytest.raises(DependencyUnavailable):
            await live.bench.run(job, assets, transcriber)
    waiting = await live.shown(started)
    assert (waiting.status, waiting.progress > 50) == (TranscriptionStatus.RUNNING, True)
    assert waiting.error is not None
    assert waiting.error.code == "provider_unavailable"
    assert live.asked == 2 + 3

    live.says(*SAID[2:])
    async with live.transcriber() as transcriber:
        await live.bench.run_next(assets, transcriber)
    done = await live.shown(started)
    assert (done.text, done.error) == (" ".join(SAID), None)
    assert live.asked == 5 + 2


async def test_the_next_worker_goes_on_where_one_was_killed(
    live: Live, recordings: Recordings, settings: Settings
) -> None:
    """With SIGKILL, while a piece is with the provider: that one is sent again, and no other."""
    asset = make_asset(new_id())
    started = await live.start(asset)
    live.says(*SAID[:2])
    live.openai.will(Fault(path=PATH, delay_s=30))
    orders = Orders(
        postgres_host=settings.postgres_host,
        openai_url=live.openai_url,
        asset=asset,
        recording=recordings.speech,
        longest_piece_s=4.0,
    )
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.dying", orders.model_dump_json()), cwd=ROOT
    )
    await asyncio.to_thread(live.openai.wait_for, PATH, 3)
    worker.kill()
    assert await worker.wait() == -signal.SIGKILL
    assert (await live.shown(started)).status is TranscriptionStatus.RUNNING
    assert await kept(live) == 2

    live.says(*SAID[2:])
    async with live.transcriber() as transcriber:
        await live.bench.run_next(Shelf.of(asset, recordings.speech), transcriber)
    assert (await live.shown(started)).text == " ".join(SAID)
    assert list(Counter(live.pieces).values()) == [1, 1, 2, 1]
    assert await kept(live) == 0


async def test_a_transcription_that_is_started_again_reuses_what_a_failed_one_heard(
    live: Live, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    assets = Shelf.of(asset, recordings.speech)
    failed = await live.start(asset)
    live.says(*SAID[:3])
    live.openai.will(Fault(path=PATH, status=400, body=error_body("invalid_value", "No speech.")))
    async with live.transcriber() as transcriber:
        await live.bench.run_next(assets, transcriber)
        error = (await live.shown(failed)).error
        assert error is not None
        assert (error.code, "sending them again" in error.detail) == ("provider_refused", True)
        live.says(SAID[3])
        again = await live.start(asset)
        await live.bench.run_next(assets, transcriber)
    assert (await live.shown(again)).text == " ".join(SAID)
    assert live.asked == 4 + 1


class Counting(Shelf):
    """Counts the recordings that are fetched."""

    fetched = 0

    async def get(self, asset_id: UUID) -> Asset:
        self.fetched += 1
        return await super().get(asset_id)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(path=PATH, status=429, body=error_body("credit_balance_exhausted", "empty")),
         "provider_out_of_credits"),
        (Fault(path=PATH, status=401, body=error_body("invalid_api_key", f"wrong {KEY}")),
         "provider_key_refused"),
        (Fault(path=PATH, status=404, body=error_body("model_not_found", "no such model")),
         "provider_misconfigured"),
    ],
)  # fmt: skip
async def test_what_a_person_must_mend_stops_the_queue_and_fails_nothing(
    live: Live, recordings: Recordings, fault: Fault, code: str
) -> None:
    asset = make_asset(new_id())
    assets = Counting({asset.id: asset}, {asset.id: recordings.speech})
    live.openai.will(fault)
    first, second = await live.start(asset), await live.start(asset)
    async with live.transcriber() as transcriber:
        for _ in range(2):
            with pytest.raises(JobWaits) as wait:
                await live.bench.run_next(assets, transcriber)
            assert wait.value.delay > timedelta(minutes=4)
    assert (live.asked, assets.fetched) == (1, 1)
    for started in (first, second):
        waiting = await live.shown(started)
        assert waiting.status is TranscriptionStatus.RUNNING
        assert waiting.error is not None
        assert waiting.error.code == code
        assert KEY not in waiting.model_dump_json()
    assert await live.bench.events() == []


async def test_a_rate_limit_is_waited_for_as_long_as_the_provider_says(
    live: Live, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await live.start(asset)
    slow = error_body("rate_limit_exceeded", "slow down")
    live.openai.will(Fault(path=PATH, status=429, headers={"Retry-After": "40"}, body=slow))
    async with live.transcriber() as transcriber:
        with pytest.raises(JobWaits) as wait:
            await live.bench.run_next(Shelf.of(asset, recordings.video), transcriber)
    assert wait.value.delay == timedelta(seconds=40)
    error = (await live.shown(started)).error
    assert error is not None
    assert error.code == "provider_rate_limited"


async def test_a_recording_without_content_or_without_end_fails_before_it_is_sent(
    live: Live, recordings: Recordings
) -> None:
    missing = make_asset(new_id(), content=ContentStatus.MISSING)
    endless = make_asset(new_id())
    first, second = await live.start(missing), await live.start(endless)
    async with live.transcriber(most_minutes=0) as transcriber:
        await live.bench.run_next(Shelf.of(missing), transcriber)
        await live.bench.run_next(Shelf.of(endless, recordings.speech), transcriber)
    errors = [(await live.shown(started)).error for started in (first, second)]
    assert [error and error.code for error in errors] == ["content_missing", "recording_too_long"]
    assert live.asked == 0


async def kept(live: Live) -> int:
    """How many pieces are still noted."""
    async with live.bench.database.connection() as queries:
        return len(await queries.all(text("SELECT 1 FROM heard_pieces")))
