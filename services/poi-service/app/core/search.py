"""Words of a text, as search compares them: without case, accents or ligatures."""

import re
import unicodedata

# What Unicode decomposition leaves alone, yet people type as two letters or as a plain one.
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th"}
)
_WORD = re.compile(r"[^\W_]+")
_MAX_WORD_CHARS = 100


def search_words(*texts: str) -> list[str]:
    """The distinct words of the texts, sorted; "Cœur d'Été" gives coeur, d, ete."""
    words: set[str] = set()
    for text in texts:
        decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        words.update(word[:_MAX_WORD_CHARS] for word in _WORD.findall(plain))
    return sorted(words)


def prefix_query(query: str) -> str | None:
    """A PostgreSQL tsquery that wants every word of `query` as a prefix; None without words."""
    words = search_words(query)
    return " & ".join(f"'{word}':*" for word in words) or None
