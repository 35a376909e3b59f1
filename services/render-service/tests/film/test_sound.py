"""What a film sounds like, measured as video sites measure it (ITU-R BS.1770)."""

import wave
from pathlib import Path

import numpy as np
import pytest

from app.film.ambience import ambience
from app.film.encoding import run_ffmpeg
from app.film.sound import LOUD_LUFS, QUIET_LUFS, SAMPLE_RATE, loudness, mix_sound
from app.film.values import FilmError
from app.film.voicing import Spoken

SECONDS = 6.0


def tone(file: Path, seconds: float, *, hertz: int = 440, level: float = 0.05) -> Path:
    source = f"sine=frequency={hertz}:duration={seconds}:sample_rate=44100"
    run_ffmpeg(["-f", "lavfi", "-i", source, "-af", f"volume={level}", str(file)])
    return file


def samples(file: Path) -> np.ndarray:
    plain = file.with_suffix(".s16.wav")
    run_ffmpeg(["-i", str(file), "-c:a", "pcm_s16le", str(plain)])
    with wave.open(str(plain)) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (SAMPLE_RATE, 2)
        frames = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    return frames.reshape(-1, 2) / 32768


def test_a_bed_of_our_own_is_quiet_as_long_as_the_film_and_fades_at_both_ends(
    tmp_path: Path,
) -> None:
    target = tmp_path / "sound.wav"
    mix_sound(None, [], SECONDS, target)
    heard = samples(target)
    assert len(heard) == SECONDS * SAMPLE_RATE
    assert loudness(target) == pytest.approx(QUIET_LUFS, abs=1)
    middle = np.abs(heard[2 * SAMPLE_RATE : 3 * SAMPLE_RATE]).max()
    assert np.abs(heard[:480]).max() < 0.1 * middle
    assert np.abs(heard[-480:]).max() < 0.1 * middle


def test_the_bed_is_the_same_every_time_and_never_clips() -> None:
    once, again = ambience(3), ambience(3)
    assert np.array_equal(once, again)
    assert 0.3 < np.abs(once).max() <= 1
    assert np.abs(once[:, 0] - once[:, 1]).max() > 0.01, "both sides are the same"


def test_music_is_looped_over_the_film_and_brought_to_the_level_of_video_sites(
    tmp_path: Path,
) -> None:
    target = tmp_path / "sound.wav"
    mix_sound(tone(tmp_path / "music.mp3", 1.5), [], SECONDS, target)
    heard = samples(target)
    assert len(heard) == SECONDS * SAMPLE_RATE
    assert loudness(target) == pytest.approx(LOUD_LUFS, abs=1)
    assert np.abs(heard).max() < 0.9
    assert np.abs(heard[round(3.5 * SAMPLE_RATE) :][:SAMPLE_RATE]).max() > 0.05, "not looped"


def test_a_voice_is_where_it_belongs_and_the_bed_makes_room_for_it(tmp_path: Path) -> None:
    music = tone(tmp_path / "music.wav", 3, hertz=300, level=0.5)
    voice = tone(tmp_path / "said.wav", 2, hertz=1500, level=0.5)
    said = Spoken(file=voice, start_s=2.0, seconds=2.0)
    target = tmp_path / "sound.wav"
    mix_sound(music, [said], SECONDS, target)
    heard = samples(target)[:, 0]

    def level_of(hertz: int, at_s: float) -> float:
        piece = heard[round(at_s * SAMPLE_RATE) :][:SAMPLE_RATE]
        wave_ = np.exp(-2j * np.pi * hertz * np.arange(len(piece)) / SAMPLE_RATE)
        return float(2 * np.abs(np.mean(piece * wave_)))

    assert level_of(1500, 0.8) < 0.01
    assert level_of(1500, 2.6) > 0.05
    assert level_of(300, 2.8) < 0.6 * level_of(300, 0.8)


def test_music_that_cannot_be_played_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "music.mp3"
    broken.write_bytes(b"this is no music")
    with pytest.raises(FilmError, match="music_unreadable"):
        mix_sound(broken, [], SECONDS, tmp_path / "sound.wav")
