"""Text as people compare it: without case, accents and ligatures."""

import re
import unicodedata

#: What Unicode's decomposition leaves alone, yet people type as two letters or as a plain one.
_PLAIN = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "’": "'", "⁄": "/"}
)
_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f]+")


def fold(text: str) -> str:
    """Lower case, letters without their accents, ligatures spelled out.

    Apostrophes, fraction bars and runs of spaces become plain ones: "Cœur d’Été" is "coeur d'ete".
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACES.sub(" ", bare.translate(_PLAIN))
