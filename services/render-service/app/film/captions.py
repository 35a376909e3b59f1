"""Captions, as WebVTT and SubRip: the narration word for word, cut where one would pause.

Rules (SPEC §4): each cue inside its scene, at most two lines of 42 characters. A cue's share of
the scene is that of its text, with a readable minimum while the scene is long enough.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from app.film.voicing import SILENCE, Spoken
from contracts.script import Scene

LINE_CHARACTERS = 42
_CUE_CHARACTERS = 2 * LINE_CHARACTERS + 1

#: The shortest time in which a cue can be read, in seconds.
_READABLE_S = 1.2

_PLAIN_SPACE = re.compile(r"[ \t\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…]['’\"»)\]\u00a0\u202f]*$")
_PHRASE_END = re.compile(r"([,;:–—]|[.!?…])['’\"»)\]\u00a0\u202f]*$")

#: What a cue costs, and what ending one there costs: few cues, cut at sentences, then at phrases.
_CUE_COST, _PHRASE_COST, _WORD_COST = 10.0, 4.0, 12.0


class Cue(NamedTuple):
    """One caption: its instants in milliseconds from the film's start, and one or two lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def caption_cues(
    scenes: Sequence[Scene], spoken: Mapping[int, Spoken] = SILENCE
) -> tuple[Cue, ...]:
    """The cues of a film whose scenes follow one another; those of a spoken scene keep to it."""
    ends = [round(total * 1000) for total in accumulate(scene.duration_s for scene in scenes)]
    cues: list[Cue] = []
    for position, (scene, begins_ms, ends_ms) in enumerate(
        zip(scenes, [0, *ends], ends, strict=False)
    ):
        start, end = _heard(spoken[position]) if position in spoken else (begins_ms, ends_ms)
        texts = _cut(scene.narration)
        lengths = _shares([sum(map(len, lines)) for lines in texts], end - start)
        begins = accumulate(lengths, initial=start)
        cues.extend(
            Cue(begin, begin + length, lines)
            for begin, length, lines in zip(begins, lengths, texts, strict=False)
            if length > 0
        )
    return tuple(cues)


def _heard(piece: Spoken) -> tuple[int, int]:
    return round(piece.start_s * 1000), round((piece.start_s + piece.seconds) * 1000)


def webvtt(cues: Iterable[Cue]) -> str:
    """The cues as a WebVTT file (W3C), its text escaped."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        text = "\n".join(html.escape(line, quote=False) for line in cue.lines)
        blocks.append(f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{text}\n")
    return "\n".join(blocks)


def subrip(cues: Iterable[Cue]) -> str:
    """The cues as a SubRip file (.srt), which knows no escapes: tags are kept from looking so."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        text = "\n".join(line.replace("<", "‹").replace(">", "›") for line in cue.lines)
        times = f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{text}\n")
    return "\n".join(blocks)


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _cut(narration: str) -> list[tuple[str, ...]]:
    """The narration as cues of one or two lines: the cheapest way to cut it, found from the end."""
    words = _words(narration)
    best: list[tuple[float, int]] = [(0.0, len(words))]
    for first in reversed(range(len(words))):
        options = []
        for last in range(first + 1, len(words) + 1):
            if _lines(words[first:last]) is None:
                break
            rest = best[len(words) - last][0]
            options.append((_CUE_COST + _end_cost(words, last) + rest, last))
        best.append(min(options))
    cues, first = [], 0
    while first < len(words):
        last = best[len(words) - first][1]
        cues.append(_lines(words[first:last]) or ())
        first = last
    return cues


def _words(narration: str) -> list[str]:
    """Words between plain spaces; what is longer than a line is broken to its length."""
    words = (word for word in _PLAIN_SPACE.split(narration) if word)
    return [
        word[start : start + LINE_CHARACTERS]
        for word in words
        for start in range(0, len(word), LINE_CHARACTERS)
    ]


def _end_cost(words: Sequence[str], last: int) -> float:
    if last == len(words) or _SENTENCE_END.search(words[last - 1]):
        return 0.0
    return _PHRASE_COST if _PHRASE_END.search(words[last - 1]) else _WORD_COST


def _lines(words: Sequence[str]) -> tuple[str, ...] | None:
    """The words on one line or two of much the same length; None when they do not fit."""
    text = " ".join(words)
    if len(text) <= LINE_CHARACTERS:
        return (text,)
    if len(text) > _CUE_CHARACTERS:
        return None
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    fitting = [pair for pair in halves if max(map(len, pair)) <= LINE_CHARACTERS]
    return min(fitting, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=None)


def _shares(weights: Sequence[int], total_ms: int) -> list[int]:
    """A total in milliseconds shared by weight, each share readable when there is room for it."""
    if not weights:
        return []
    least = min(_READABLE_S * 1000, total_ms / len(weights))
    raised: set[int] = set()
    while True:
        free = total_ms - least * len(raised)
        heavy = sum(weight for index, weight in enumerate(weights) if index not in raised)
        shares = [
            least if index in raised else free * weight / heavy
            for index, weight in enumerate(weights)
        ]
        short = {index for index, share in enumerate(shares) if share < least - 1e-6} - raised
        if not short:
            break
        raised |= short
    bounds = [round(bound) for bound in accumulate(shares, initial=0.0)]
    return [after - before for before, after in pairwise(bounds)]
