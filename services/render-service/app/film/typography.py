"""Text wrapped and sized to fit its box, never cut."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import ImageDraw, ImageFont

from app.film.fonts import PLAIN_SPACE, Family, Weight, drawable, family_of, font

_LINE_HEIGHT = 1.24
_BASELINE = 0.78
_SMALLEST_PX = 8

#: Between the letters of a label in capitals; part of every face used here.
_HAIR_SPACE = "\u200a"

#: Letters that stand next to each other in capitals; others (Arabic) join and are left alone.
_SPACED_SCRIPT = re.compile(r"[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]*")

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text set in one size (pixels); width and height are those of the whole block."""

    lines: tuple[str, ...]
    family: Family
    weight: Weight
    size: int
    width: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The face it is set in."""
        return font(self.family, self.weight, self.size)

    @property
    def line_height(self) -> int:
        """From one baseline to the next, in pixels."""
        return round(self.size * _LINE_HEIGHT)

    @property
    def height(self) -> int:
        """In pixels; none for an empty text."""
        return self.line_height * len(self.lines) if any(self.lines) else 0

    def draw(
        self, canvas: ImageDraw.ImageDraw, left: int, top: int, *, colour: Colour = WHITE
    ) -> None:
        """Draw the lines flush left from a corner in pixels."""
        for baseline, line in self._set_from(top):
            canvas.text((left, baseline), line, font=self.font, fill=(*colour, 255), anchor="ls")

    def draw_centred(self, canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        """Draw the lines in white, each in the middle of the block's width."""
        middle = left + self.width // 2
        for baseline, line in self._set_from(top):
            canvas.text((middle, baseline), line, font=self.font, fill=(*WHITE, 255), anchor="ms")

    def _set_from(self, top: int) -> Iterator[tuple[int, str]]:
        """Each line with its baseline, for a block whose top is there."""
        for number, line in enumerate(self.lines):
            yield top + round(self.line_height * (number + _BASELINE)), line


def as_label(text: str) -> str:
    """A short text in spaced capitals, where its script has them."""
    capitals = drawable(text).upper()
    spaced = _SPACED_SCRIPT.fullmatch(capitals)
    return _HAIR_SPACE.join(capitals) if spaced else capitals


def fit_text(
    text: str, *, weight: Weight, width: int, height: int, largest: int, smallest: int
) -> TextBlock:
    """Set text as large as fits the box, between two sizes in pixels.

    Text that does not fit at the smallest is set smaller still: legibility yields before words do.
    """
    shown = drawable(text)
    family, words = family_of(shown), PLAIN_SPACE.split(shown)
    for size in _sizes(largest, smallest):
        measure = font(family, weight, size).getlength
        lengths, gap = [measure(word) for word in words], measure(" ")
        if max(lengths) > width:
            continue
        lines = _wrapped(words, lengths, gap, width)
        if round(size * _LINE_HEIGHT) * len(lines) <= height:
            lines = _balanced(words, lengths, gap, width)
            break
    else:
        words = _broken(words, width, measure)
        lines = _wrapped(words, [measure(word) for word in words], gap, width)
    return TextBlock(lines, family, weight, size, round(max(map(measure, lines))))


def _sizes(largest: int, smallest: int) -> Iterator[int]:
    """Sizes to try, in steps of about a sixteenth; the smallest wished one is among them."""
    size = largest
    while size > _SMALLEST_PX:
        yield size
        smaller = min(size - 1, size * 15 // 16)
        size = smallest if smaller < smallest < size else smaller
    yield _SMALLEST_PX


def _balanced(
    words: Sequence[str], lengths: Sequence[float], gap: float, width: float
) -> tuple[str, ...]:
    """Wrapped into as few lines as fit the width, of much the same length."""
    lines = _wrapped(words, lengths, gap, width)
    narrow, wide = max(lengths), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        attempt = _wrapped(words, lengths, gap, middle)
        if len(attempt) == len(lines):
            lines, wide = attempt, middle
        else:
            narrow = middle
    return lines


def _wrapped(
    words: Sequence[str], lengths: Sequence[float], gap: float, width: float
) -> tuple[str, ...]:
    """Words of these lengths in lines no longer than the width, each as full as can be."""
    lines, reached = [words[0]], lengths[0]
    for word, length in zip(words[1:], lengths[1:], strict=True):
        if reached + gap + length <= width:
            lines[-1] += f" {word}"
            reached += gap + length
        else:
            lines.append(word)
            reached = length
    return tuple(lines)


def _broken(words: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """Words wider than the box broken between letters."""
    pieces = [""]
    for word in words:
        for letter in word:
            if pieces[-1] and measure(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        pieces.append("")
    return [piece for piece in pieces if piece]
