"""Where a recording is cut: at the quietest moments, so that no word is cut in two.

Speech recognisers take pieces of bounded length, and most tell no times within one: so a piece is
about as long as what is said in one breath or two, and its place in the recording is the time of
its words. What is silent from end to end is not sent at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Hz, mono: what speech recognisers work on; half a minute of it is under 1 MB.
SAMPLE_RATE = 16_000

#: Seconds between two levels of a recording.
LEVEL_STEP_S = 0.1

#: Half a minute is what Whisper-like models are trained on.
LONGEST_PIECE_S = 30.0
_SHORTEST_PIECE_S = 15.0
#: A rest shorter than this is not left over; OpenAI refuses what is under 0.1 s.
_SHORTEST_REST_S = 1.0

#: dBFS; quieter than a whisper into a phone, louder than the noise of its microphone.
_SILENCE_DB = -55.0
#: What is kept of the silence around speech: the first sound of a word is a soft one.
_PADDING_S = 0.3
#: Levels that are weighed together: a gap between words lasts longer than one between sounds.
_SMOOTHED = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a recording, in seconds from its start."""

    start_s: float
    end_s: float


def cut(levels: Sequence[float], longest_s: float = LONGEST_PIECE_S) -> list[Span]:
    """The pieces of a recording in which something is to be heard, in order.

    `levels` are the loudness of each `LEVEL_STEP_S`, in dBFS, −inf for digital silence. A piece
    is at most `longest_s` long.
    """
    edges = [0, *_cuts(levels, longest_s), len(levels)]
    pairs = pairwise(edges)
    return [span for start, end in pairs if (span := _audible(levels, start, end)) is not None]


def _cuts(levels: Sequence[float], longest_s: float) -> Iterator[int]:
    most = round(longest_s / LEVEL_STEP_S)
    least = round(most * _SHORTEST_PIECE_S / LONGEST_PIECE_S)
    rest = round(_SHORTEST_REST_S / LEVEL_STEP_S)
    at = 0
    while len(levels) - at > most:
        latest = min(at + most, len(levels) - rest)
        at = _quietest(levels, at + least, max(latest, at + least + 1))
        yield at


def _quietest(levels: Sequence[float], start: int, end: int) -> int:
    """The quietest moment of a window, the latest of several."""
    half = _SMOOTHED // 2

    def loudness(at: int) -> float:
        around = levels[max(0, at - half) : at + half + 1]
        return sum(10 ** (level / 10) for level in around) / len(around)

    return min(reversed(range(start, end)), key=loudness)


def _audible(levels: Sequence[float], start: int, end: int) -> Span | None:
    """The part of a piece from its first sound to its last; None when it is silent."""
    loud = [at for at in range(start, end) if levels[at] > _SILENCE_DB]
    if not loud:
        return None
    padding = round(_PADDING_S / LEVEL_STEP_S)
    first, last = max(start, loud[0] - padding), min(end, loud[-1] + 1 + padding)
    return Span(round(first * LEVEL_STEP_S, 1), round(last * LEVEL_STEP_S, 1))
