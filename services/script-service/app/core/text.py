"""Plain text: cleaning of what others wrote, sentences, first words."""

import re

from app.core.grounding.number_words import NUMBER_WORDS, SCALES
from common.folding import fold

# A script ends where the next begins, or many that never end would be looked through to the end.
_TAG = re.compile(r"(?is)<(script|style)\b(?:(?!<\1\b).)*?</\1\s*>|<[^<>]{0,500}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_MARKUP = re.compile(r"[<>{}\[\]\\|`*_#~^=]+")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|St|Ste|Mt|Dr|Mr|Mrs|av|bd|env|approx|sq|ft|min|no)\.$")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_]|\d|[«\"“])|[\r\n•;]+|\s[–—-]\s")


def clean(text: str) -> str:
    """One line that is safe to show and to speak: no tags, markup or control characters."""
    flat = _CONTROL.sub(" ", _TAG.sub(" ", text))
    return re.sub(r"\s+", " ", _MARKUP.sub(" ", flat)).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text, cleaned, in order; list items count as sentences."""
    found: list[list[str]] = []
    for part in _SENTENCE_END.split(_TAG.sub(" ", text)):
        sentence = clean(part).lstrip("-–—•· ")
        if found and _ABBREVIATION.search(found[-1][-1]):
            found[-1].append(sentence)
        elif sentence:
            found.append([sentence])
    return [" ".join(parts) for parts in found]


def first_words(text: str, most: int) -> str:
    """At most `most` words of a text, never ending on loose punctuation, on a small word, or within
    a number: "1 250 000 €" cut short would be another price.
    """
    words = text.split()
    if len(words) <= most:
        return text
    kept = most
    while kept > 1 and (_is_small(words[kept - 1]) or _is_number(words[kept - 1 : kept + 2])):
        kept -= 1
    return " ".join(words[:kept]).rstrip(",;:–—-·/ ")


def _is_small(word: str) -> bool:
    return len(word) <= 3 and not word.isdigit()


def _is_number(words: list[str]) -> bool:
    """Whether a number goes on from the first of these words to the next: "vingt et un"."""
    first, second, *rest = [*words, ""]
    return _counts(first) and (_counts(second) or (second in {"et", "and"} and _counts(rest[0])))


def _counts(word: str) -> bool:
    parts = fold(word).strip(",;:.").split("-")
    return word[:1].isdigit() or all(part in NUMBER_WORDS or part in SCALES for part in parts)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def describes(name: str) -> bool:
    """Whether a name is a description ("Brick townhouse with garden"), not a proper name."""
    return any(word.islower() and len(word) >= 4 for word in name.split()[1:])
