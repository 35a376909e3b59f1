"""A quiet bed of the project's own making: slow chords, a few plucked notes, a room around them.

Every film of the same length sounds alike, and nothing of it was recorded by anybody.
"""

import numpy as np
from numpy.typing import NDArray

#: Samples per second: no partial lies above 2.3 kHz, and the room adds none.
RATE = 12_000

Samples = NDArray[np.float32]

#: Dmaj9, Bm11, Gmaj9 and A6/9 in hertz (equal temperament, A4 = 440 Hz), low note first.
_CHORDS = (
    (73.42, 146.83, 220.00, 277.18, 329.63),
    (61.74, 123.47, 220.00, 293.66, 329.63),
    (49.00, 146.83, 196.00, 246.94, 369.99),
    (55.00, 164.81, 220.00, 277.18, 369.99),
)
_CHORD_S = 5.0
_SWELL_S = 2.2

#: Steps of D major pentatonic that are plucked, one per beat of a bar; None rests.
_PLUCKED = (587.33, None, 739.99, 659.26, None, 440.00, 493.88, None)
_BEAT_S = 1.25
_PLUCK_DECAY_S = 1.1
_PLUCK_LEVEL = 0.16

_ROOM_S = 1.6
_ROOM_LEVEL = 0.35


def ambience(seconds: float) -> Samples:
    """The bed as interleaved-by-row stereo at `RATE`, (samples, 2), within ±1, not levelled."""
    count = round(seconds * RATE)
    dry = np.stack([_pads(count, detune) + _plucks(count) for detune in (0.9985, 1.0015)], axis=1)
    wet = dry + _ROOM_LEVEL * _in_a_room(dry)
    levelled: Samples = (0.7 * wet / max(float(np.abs(wet).max()), 1e-9)).astype(np.float32)
    return levelled


def _pads(count: int, detune: float) -> Samples:
    """Chords that swell and give way to the next; each side is tuned a little apart."""
    bed = np.zeros(count, np.float32)
    for number in range(int(count / RATE / _CHORD_S) + 1):
        start = round(number * _CHORD_S * RATE)
        length = min(round((_CHORD_S + _SWELL_S) * RATE), count - start)
        if length <= 0:
            break
        time = np.arange(length, dtype=np.float32) / RATE
        rise = np.clip(time / _SWELL_S, 0, 1)
        fall = np.clip((_CHORD_S + _SWELL_S - time) / _SWELL_S, 0, 1)
        chord = np.zeros(length, np.float32)
        for voice, pitch in enumerate(_CHORDS[number % len(_CHORDS)]):
            angle = 2 * np.pi * pitch * detune * time
            chord += (np.sin(angle) + 0.18 * np.sin(2 * angle)) / (1.5 + voice)
        bed[start : start + length] += np.sin(0.5 * np.pi * np.minimum(rise, fall)) * chord
    return (bed / 3).astype(np.float32)


def _plucks(count: int) -> Samples:
    """Single notes that die away."""
    notes = np.zeros(count, np.float32)
    length = round(3 * _PLUCK_DECAY_S * RATE)
    time = np.arange(length, dtype=np.float32) / RATE
    fade = np.exp(-time / _PLUCK_DECAY_S) * np.clip(time / 0.006, 0, 1)
    for beat in range(2, int(count / RATE / _BEAT_S)):
        pitch = _PLUCKED[beat % len(_PLUCKED)]
        start = round(beat * _BEAT_S * RATE)
        if pitch is None or start >= count:
            continue
        angle = 2 * np.pi * pitch * time
        note = fade * (np.sin(angle) + 0.3 * np.exp(-6 * time) * np.sin(3 * angle))
        end = min(start + length, count)
        notes[start:end] += _PLUCK_LEVEL * note[: end - start]
    return notes


def _in_a_room(dry: Samples) -> Samples:
    """The same as a room gives it back: convolved with noise that dies away, a side each."""
    length = round(_ROOM_S * RATE)
    decay = np.exp(-5 * np.arange(length) / length)[:, None]
    noise = np.random.default_rng(7).standard_normal((length, 2)) * decay
    size = 1 << (len(dry) + length - 1).bit_length()
    echo = np.fft.irfft(
        np.fft.rfft(dry, size, axis=0) * np.fft.rfft(noise, size, axis=0), size, axis=0
    )
    room = echo[: len(dry)]
    level = np.abs(dry).max() / max(float(np.abs(room).max()), 1e-9)
    levelled: Samples = (room * level).astype(np.float32)
    return levelled
