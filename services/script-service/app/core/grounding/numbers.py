"""Reads the numbers of a text, in digits and in words, French and English, with their units.

"Un", "une" and "one" alone are articles, not numbers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.grounding.number_words import (
    ARTICLES,
    HALVES,
    NUMBER_WORDS,
    ORDINALS,
    SCALES,
    decimal_of,
    is_nine,
)
from app.core.grounding.units import unit_beside
from common.folding import fold
from contracts.script import Language

_HALF = Decimal("0.5")
_VULGAR = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(r"(?:(?<!\d)(?P<whole>\d+) )?(?<!\d)1/2(?!\d)")
_ROMAN = re.compile(r"\b(?P<roman>[ivx]+)(?:e|eme|th)? (?=siecles?\b|century\b)")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<area>m2(?![a-z0-9]))|(?P<word>[a-z]+)|(?P<other>[^\s-])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value and the unit beside it ("m2", "bedroom", "EUR", "kEUR", …), "" when it has none."""

    value: Decimal
    unit: str = ""


def numbers_in(text: str, language: Language | None = None) -> frozenset[Number]:
    """Every number of a text.

    Without a `language` an ambiguous "1,200" or "3 120" is read in every way it may be meant:
    so are facts read. With one it is read as that language means it: so are claims read.
    """
    folded = _prepared(text)
    tokens = list(_TOKEN.finditer(folded))
    found: set[Number] = set()
    at = 0
    while at < len(tokens):
        if tokens[at]["digits"]:
            values, end = _read_digits(tokens, at, language)
        elif tokens[at]["word"]:
            values, end = _read_words(tokens, at)
        else:
            values, end = [], at + 1
        unit = unit_beside(folded, tokens[at].start(), tokens[end - 1].end()) if values else ""
        found.update(Number(value, unit) for value in values)
        at = end
    return frozenset(found)


def _prepared(text: str) -> str:
    for sign, digits in _VULGAR.items():
        text = re.sub(rf"(?<=\d) ?{sign}", f".{digits}", text).replace(sign, f"0.{digits}")
    folded = _FRACTION.sub(lambda match: f"{match['whole'] or 0}.5", fold(text))
    folded = folded.replace("and a half", "and half")
    return _ROMAN.sub(lambda match: f"{_roman(match['roman'])} ", folded)


def _roman(numeral: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    following = [*digits[1:], 0]
    return sum(-d if d < after else d for d, after in zip(digits, following, strict=True))


def _read_digits(
    tokens: Sequence[re.Match[str]], at: int, language: Language | None
) -> tuple[list[Decimal], int]:
    digits = tokens[at]["digits"]
    values = list(_meanings(digits, language))
    if language is None and " " in digits:
        values += [Decimal(part) for part in digits.split() if part.isdigit()]
    end, factor = at + 1, 1
    while end < len(tokens) and (scale := SCALES.get(tokens[end]["word"] or "")):
        factor, end = factor * scale, end + 1
    return [value * factor for value in values], end


def _meanings(digits: str, language: Language | None) -> Iterator[Decimal]:
    """What a run of digits with points and commas may stand for."""
    plain = digits.replace(" ", "").replace("'", "")
    marks = [char for char in plain if char in ".,"]
    if not marks:
        yield Decimal(plain)
        return
    if len(marks) > 1:
        decimal_mark = marks[-1] if marks[-1] != marks[0] else None
        yield _decimal(plain, decimal_mark)
        return
    whole, part = re.split("[.,]", plain)
    grouped = len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    groups_by = {"fr": ".", "en": ","}.get(language or "", marks[0])
    if not grouped or language is None or marks[0] != groups_by:
        yield _decimal(plain, marks[0])
    if grouped and marks[0] == groups_by:
        yield _decimal(plain, None)


def _decimal(digits: str, decimal_mark: str | None) -> Decimal:
    if decimal_mark is None:
        return Decimal(re.sub("[.,]", "", digits))
    whole, _, part = digits.rpartition(decimal_mark)
    return Decimal(f"{re.sub('[.,]', '', whole)}.{part}")


def _read_words(tokens: Sequence[re.Match[str]], at: int) -> tuple[list[Decimal], int]:
    """The number that the words at `at` spell, and where they end; no value when none does."""
    words = [token["word"] or "" for token in tokens[at : at + 16]]
    spelled = _Spelled()
    used = 0
    while used < len(words):
        before = words[used - 1] if used else (tokens[at - 1]["word"] or "" if at else "")
        after = words[used + 1] if used + 1 < len(words) else ""
        if words[used] == "neuf" and not is_nine(before, after):
            break
        if words[used] in {"et", "and"}:
            if not used or not spelled.goes_on_with(after):
                break
        elif not spelled.take(words[used]):
            break
        used += 1
    alone = used == 1 and words[0] in ARTICLES
    return ([] if alone or not used else [spelled.value]), at + max(used, 1)


class _Spelled:
    """A number as its words come in."""

    def __init__(self) -> None:
        self._thousands = Decimal(0)
        self._rest = Decimal(0)
        self._last_unit = 0
        self._closed = False
        self._half_follows = False
        self._empty = True

    @property
    def value(self) -> Decimal:
        """What the words so far spell."""
        return self._thousands + self._rest

    def take(self, word: str) -> bool:
        """Adds a word; False when it is none of this number."""
        if self._closed:
            return False
        if word in SCALES:
            return self._scale(SCALES[word])
        if word in HALVES and (self._empty or self._half_follows):
            return self._close(_HALF)
        if (unit := NUMBER_WORDS.get(word)) is not None:
            return self._add(word, unit)
        return self._end_with(word)

    def goes_on_with(self, word: str) -> bool:
        """Whether the number goes on after "et" or "and"."""
        if self._closed or self._empty:
            return False
        if word in HALVES:
            self._half_follows = True
            return True
        unit = NUMBER_WORDS.get(word, ORDINALS.get(word))
        if word in {"un", "une", "onze", "unieme", "onzieme"}:
            return self._rest % 10 == 0 and unit is not None and self._joins(unit)
        return unit is not None and self._last_unit in {100, 1000} and unit < 100

    def _end_with(self, word: str) -> bool:
        """Takes an ordinal ("vingt et unième") or a collective ("une dizaine")."""
        value = decimal_of(word)
        if value is None:
            return False
        if not self._empty and (word not in ORDINALS or not self._joins(int(value))):
            return False
        return self._close(value)

    def _scale(self, factor: int) -> bool:
        if factor in {12, 100}:
            if self._rest >= factor:
                return False
            self._rest = max(self._rest, Decimal(1)) * factor
        else:
            self._thousands += max(self._rest, Decimal(1)) * factor
            self._rest = Decimal(0)
        self._last_unit, self._empty = factor, False
        return True

    def _add(self, word: str, unit: int) -> bool:
        if word in {"vingt", "vingts"} and self._rest % 100 == 4:
            self._rest += 76  # quatre-vingts
        elif self._joins(unit):
            self._rest += unit
        else:
            return False
        self._last_unit, self._empty = unit, False
        return True

    def _joins(self, unit: int) -> bool:
        """Whether a value below one hundred may follow: "vingt deux", but not "deux trois"."""
        tail = int(self._rest % 100)
        if tail == 0:
            return unit != 0 or self._empty
        return tail % 10 == 0 and (0 < unit < 10 or (10 <= unit < 20 and tail in {60, 80}))

    def _close(self, value: Decimal) -> bool:
        self._rest += value
        self._closed, self._empty = True, False
        return True
