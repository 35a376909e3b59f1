"""Words of a text, as search compares them: without case, accents or ligatures."""

import re

from common.folding import fold

_WORD = re.compile(r"[^\W_]+")
_MAX_WORD_CHARS = 100


def search_words(*texts: str) -> list[str]:
    """The distinct words of the texts, sorted; "Cœur d'Été" gives coeur, d, ete."""
    words: set[str] = set()
    for text in texts:
        words.update(word[:_MAX_WORD_CHARS] for word in _WORD.findall(fold(text)))
    return sorted(words)


def prefix_query(query: str) -> str | None:
    """A PostgreSQL tsquery that wants every word of `query` as a prefix; None without words."""
    words = search_words(query)
    return " & ".join(f"'{word}':*" for word in words) or None
