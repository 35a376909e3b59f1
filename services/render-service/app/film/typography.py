"""Type: Manrope from its wheel, and text wrapped and sized to fit its box, never cut."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Weight = Literal["Medium", "SemiBold", "Bold"]

_FONT_DIR = Path(str(files("font_manrope"))) / "files"
_LINE_HEIGHT = 1.24
_SMALLEST_PX = 8

#: Breaks are allowed at plain spaces only: a no-break space is there to hold words together.
_PLAIN_SPACE = re.compile(r"[ \t\r\n]+")

#: A space within a number, or before its unit, holds together whoever typed it.
_SPACE_IN_FIGURE = re.compile(r"(?<=\d) (?=\d{3}\b|[€%]|m[²³])")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text set in one size (pixels); width and height are those of the whole block."""

    lines: tuple[str, ...]
    weight: Weight
    size: int
    width: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The face it is set in."""
        return font(self.weight, self.size)

    @property
    def line_height(self) -> int:
        """From one baseline to the next, in pixels."""
        return round(self.size * _LINE_HEIGHT)

    @property
    def height(self) -> int:
        """In pixels."""
        return self.line_height * len(self.lines)


@cache
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """A Manrope face at a size in pixels."""
    return ImageFont.truetype(_FONT_DIR / f"Manrope-{weight}.ttf", size)


def drawable(text: str) -> str:
    """The text without signs the face lacks (emoji, scripts it does not cover), composed (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    kept = (sign for sign in composed if sign.isspace() or _has_glyph(sign))
    return _SPACE_IN_FIGURE.sub("\u00a0", _PLAIN_SPACE.sub(" ", "".join(kept)).strip())


@cache
def _has_glyph(sign: str) -> bool:
    return sign.isprintable() and _drawing(sign) != _drawing("\uffff")


@cache
def _drawing(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font("Medium", 40).getmask(sign)
    return mask.size, bytes(mask)


def fit_text(
    text: str, *, weight: Weight, width: int, height: int, largest: int, smallest: int
) -> TextBlock:
    """Set text as large as fits the box, between two sizes in pixels.

    Text that does not fit at the smallest is set smaller still: legibility yields before words do.
    """
    words = _PLAIN_SPACE.split(drawable(text))
    sizes = [*range(largest, smallest, -2), *range(smallest, _SMALLEST_PX, -1), _SMALLEST_PX]
    for size in sizes:
        measure = font(weight, size).getlength
        if max(map(measure, words)) > width:
            continue
        lines = _balanced(words, width, measure)
        if round(size * _LINE_HEIGHT) * len(lines) <= height:
            break
    else:
        lines = _wrapped(_broken(words, width, measure), width, measure)
    return TextBlock(lines, weight, size, round(max(map(measure, lines))))


def _balanced(words: list[str], width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Wrapped into as few lines as fit the width, of much the same length."""
    lines = _wrapped(words, width, measure)
    narrow, wide = max(map(measure, words)), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        attempt = _wrapped(words, middle, measure)
        if len(attempt) == len(lines):
            lines, wide = attempt, middle
        else:
            narrow = middle
    return lines


def _wrapped(words: list[str], width: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    lines = [words[0]]
    for _, word in pairwise(words):
        longer = f"{lines[-1]} {word}"
        if measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _broken(words: list[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """Words wider than the box broken between letters."""
    pieces = [""]
    for word in words:
        for letter in word:
            if pieces[-1] and measure(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        pieces.append("")
    return [piece for piece in pieces if piece]
