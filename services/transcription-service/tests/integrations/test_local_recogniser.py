import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.integrations.audio import ChildEar
from app.integrations.local_recogniser import LocalRecogniser
from app.services import transcriptions
from app.services.piecewise import PiecewiseTranscriber
from common.children import ChildFailed
from common.ids import new_id
from tests.support import Bench, Recordings, Shelf, make_asset


@asynccontextmanager
async def recogniser(folder: str = "tiny") -> AsyncIterator[LocalRecogniser]:
    tiny = LocalRecogniser(Path(folder), threads=1, module="tests.tiny_whisper")
    yield tiny
    await tiny.close()


def speech(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(16000)
        audio.writeframes(bytes(round(seconds * 32000)))
    return file.getvalue()


async def test_a_piece_is_heard_with_its_times_and_costs_nothing() -> None:
    async with recogniser() as tiny:
        heard = await tiny.recognise(speech(4), "")
    assert (heard.language, heard.seconds, heard.cost_usd) == ("fr", 4.0, None)
    assert heard.text.startswith("Une pièce. ")
    assert [(s.start_s, s.end_s) for s in heard.segments] == [(0, 2), (2, 4)]


async def test_the_model_is_loaded_once_for_all_pieces() -> None:
    async with recogniser() as tiny:
        pids = {(await tiny.recognise(speech(2), "")).segments[1].text for _ in range(3)}
    assert len(pids) == 1


async def test_a_model_that_dies_on_a_piece_is_started_again_for_the_next() -> None:
    async with recogniser() as tiny:
        with pytest.raises(ChildFailed):
            await tiny.recognise(speech(0.5), "")
        assert (await tiny.recognise(speech(2), "")).text


async def test_a_model_that_does_not_load_is_told_with_its_own_words() -> None:
    async with recogniser("broken") as tiny:
        with pytest.raises(ChildFailed, match="this folder holds no model"):
            await tiny.recognise(speech(2), "")


async def test_a_walk_through_is_transcribed_without_any_account(
    bench: Bench, ear: ChildEar, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    async with bench.database.transaction() as tx:
        started = await transcriptions.start(
            tx, bench.jobs, poi_id=asset.poi_id, asset_id=asset.id, provider="local"
        )
    async with recogniser() as tiny:
        transcriber = PiecewiseTranscriber(tiny, ear, most_minutes=10)
        await bench.run_next(Shelf.of(asset, recordings.speech), transcriber)
    async with bench.database.connection() as queries:
        done = await transcriptions.show(queries, started.id)
    assert (done.status, done.language, done.provider) == ("completed", "fr", "local")
    assert len(done.segments) == 8
    starts = [segment.start_s for segment in done.segments]
    assert starts == sorted(starts)
    assert done.segments[-1].end_s == pytest.approx(15, abs=0.5)
