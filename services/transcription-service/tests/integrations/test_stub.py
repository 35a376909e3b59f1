import re
from itertools import pairwise
from pathlib import Path

import pytest

from app.core.heard import Heard, Transcript
from app.integrations.stub import StubTranscriber
from app.services.ports import Recording


class Unlistened:
    """Notes (`ports.Notes`) of a transcriber that hears nothing worth keeping."""

    async def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    async def recall(self, audio_sha256: str, model: str) -> Heard | None:
        raise AssertionError(f"{model} was asked for {audio_sha256}")

    async def keep(self, audio_sha256: str, model: str, heard: Heard) -> None:
        raise AssertionError(f"{model} heard {heard} in {audio_sha256}")


async def transcript(duration_s: float | None) -> Transcript:
    recording = None if duration_s is None else Recording(Path("recording"), duration_s)

    return await StubTranscriber().transcribe(recording, Unlistened())


@pytest.mark.parametrize("duration_s", [0.04, 7.9, 8.1, 61.234, 90_000])
async def test_segments_cover_the_recording_without_gaps(duration_s: float) -> None:
    segments = (await transcript(duration_s)).segments
    assert segments[0].start_s == 0
    assert segments[-1].end_s == pytest.approx(duration_s, abs=0.001)
    assert all(a.end_s == b.start_s for a, b in pairwise(segments))
    assert all(segment.start_s < segment.end_s for segment in segments)


async def test_segments_of_a_tour_are_as_long_as_a_sentence() -> None:
    segments = (await transcript(125)).segments
    assert all(5 <= segment.end_s - segment.start_s <= 10 for segment in segments)


async def test_a_transcript_of_a_whole_day_fits_a_kafka_record() -> None:
    day = await transcript(24 * 3600)
    assert sum(len(segment.model_dump_json()) for segment in day.segments) < 500_000


@pytest.mark.parametrize("duration_s", [None, 20.0])
async def test_it_says_in_both_languages_that_nobody_listened_and_states_no_number(
    duration_s: float | None,
) -> None:
    given = await transcript(duration_s)
    said = [given.text, *(segment.text for segment in given.segments)]
    assert "Aucune reconnaissance vocale" in given.text
    assert "No speech recognition" in given.text
    assert given.language is None
    assert not any(re.search(r"\d", text) for text in said)
