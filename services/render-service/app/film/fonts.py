"""Typefaces from wheels: Manrope, and IBM Plex Sans Arabic for text that Manrope cannot set.

Both hold the weights of the film's type under the same names. Pillow's wheels shape with Raqm, so
Arabic joins its letters and runs from right to left by itself.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Weight = Literal["Medium", "SemiBold", "Bold"]
Family = Literal["Manrope", "IBMPlexSansArabic"]

#: Tried in this order; the first that can set a whole text sets it.
_FAMILIES: tuple[Family, ...] = ("Manrope", "IBMPlexSansArabic")
_FOLDERS = {
    "Manrope": Path(str(files("font_manrope"))) / "files",
    "IBMPlexSansArabic": Path(str(files("fontpkg_ibm_plex_sans_arabic"))) / "files",
}

#: Breaks are allowed at plain spaces only: a no-break space is there to hold words together.
PLAIN_SPACE = re.compile(r"[ \t\r\n]+")

#: A space within a number, or before its unit, holds together whoever typed it.
_SPACE_IN_FIGURE = re.compile(r"(?<=\d)[ \u202f](?=\d{3}\b|[€%]|m[²³])")

#: A dash between words stays at the end of its line: none begins with it.
_SPACE_BEFORE_DASH = re.compile(r"(?<=\S) (?=[–—-](?: |$))")

#: So many signs are remembered: more than a film has, fewer than there are.
_SIGNS = 4096


@cache
def font(family: Family, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(_FOLDERS[family] / f"{family}-{weight}.ttf", size)


def family_of(text: str) -> Family:
    """The family that sets a text, the one with the most of its signs if none has all."""
    return max(_FAMILIES, key=lambda family: sum(_has_glyph(family, sign) for sign in text))


def drawable(text: str) -> str:
    """The text as it can be drawn: composed (NFC), without signs that its face lacks.

    Emoji and scripts that no face covers are left out rather than drawn as boxes.
    """
    composed = unicodedata.normalize("NFC", text)
    family = family_of(composed)
    kept = (sign for sign in composed if sign.isspace() or _has_glyph(family, sign))
    shown = PLAIN_SPACE.sub(" ", "".join(kept)).strip()
    return _SPACE_BEFORE_DASH.sub("\u00a0", _SPACE_IN_FIGURE.sub("\u00a0", shown))


def undrawable(text: str) -> str:
    """What is left out of a text because its face lacks it: letters, figures, signs, each once."""
    composed = unicodedata.normalize("NFC", text)
    family = family_of(composed)
    seen = (sign for sign in composed if unicodedata.category(sign)[0] in "LNPS")
    return "".join(dict.fromkeys(sign for sign in seen if not _has_glyph(family, sign)))


@lru_cache(_SIGNS)
def _has_glyph(family: Family, sign: str) -> bool:
    return sign.isprintable() and _drawing(family, sign) != _drawing(family, "\uffff")


@lru_cache(_SIGNS)
def _drawing(family: Family, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font(family, "Medium", 40).getmask(sign)
    return mask.size, bytes(mask)
