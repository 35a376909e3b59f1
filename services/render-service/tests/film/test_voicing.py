"""When a voice-over is heard, and what captions make of it."""

from pathlib import Path

import numpy as np
import pytest

from app.film.captions import caption_cues
from app.film.sound import SAMPLE_RATE, mix_sound
from app.film.voicing import FASTEST, PAUSE_S, Speech, place
from tests.film.stage import scene
from tests.film.test_sound import samples, tone

SCENES = [scene(0, duration_s=2.0), scene(1, duration_s=3.0), scene(2, duration_s=2.0)]


def _speech(seconds: float) -> Speech:
    return Speech(file=Path("speech.wav"), seconds=seconds)


def test_speech_begins_shortly_after_its_scene_and_keeps_its_own_pace() -> None:
    placed = place(SCENES, {1: _speech(2.0)})
    assert list(placed) == [1]
    assert (placed[1].start_s, placed[1].seconds, placed[1].tempo) == (2.0 + PAUSE_S, 2.0, 1.0)


@pytest.mark.parametrize("seconds", [1.9, 2.0, 2.2, 2.4, 2.5, 4.0])
def test_long_speech_is_hurried_a_little_and_never_reaches_into_the_next_scene(
    seconds: float,
) -> None:
    piece = place(SCENES, {0: _speech(seconds)})[0]
    assert 1.0 < piece.tempo <= FASTEST
    assert piece.start_s + piece.seconds <= 2.0 + 1e-9
    if seconds <= 2.0 * FASTEST:
        assert piece.seconds == pytest.approx(seconds / piece.tempo), "words are lost"


def test_captions_follow_what_is_heard() -> None:
    cues = caption_cues(SCENES, place(SCENES, {1: _speech(1.5)}))
    spans = [(cue.start_ms, cue.end_ms) for cue in cues]
    assert spans == [(0, 2000), (2250, 3750), (5000, 7000)]


def test_what_does_not_fit_is_faded_out_at_the_end_of_its_scene(tmp_path: Path) -> None:
    file = tone(tmp_path / "speech.wav", 5.0, hertz=1500, level=0.5)
    target = tmp_path / "sound.wav"
    spoken = place(SCENES, {0: Speech(file=file, seconds=5.0)})
    mix_sound(None, list(spoken.values()), 7.0, target)
    heard = samples(target)[:, 0]

    def voice_at(second: float) -> float:
        piece = heard[round(second * SAMPLE_RATE) :][: SAMPLE_RATE // 2]
        wave = np.exp(-2j * np.pi * 1500 * np.arange(len(piece)) / SAMPLE_RATE)
        return float(2 * np.abs(np.mean(piece * wave)))

    assert voice_at(1.4) > 0.05
    assert voice_at(2.0) < 0.002
