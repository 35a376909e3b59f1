"""Number words of French and English in one table each, folded (lower case, no accents)."""

from decimal import Decimal
from types import MappingProxyType

_FRENCH = [
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
]  # fmt: skip
_ENGLISH = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip

#: Words below one hundred.
NUMBER_WORDS = MappingProxyType(
    {
        **{word: value for value, word in enumerate(_FRENCH)},
        **{word: value for value, word in enumerate(_ENGLISH)},
        "une": 1,
        **_TENS,
    }
)

#: Words that multiply what stands before them.
SCALES = MappingProxyType(
    {
        "cent": 100, "cents": 100, "hundred": 100, "hundreds": 100,
        "mille": 1000, "thousand": 1000, "thousands": 1000, "millier": 1000, "milliers": 1000,
        "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
        "billion": 10**9, "billions": 10**9,
        "dozen": 12, "dozens": 12, "douzaine": 12, "douzaines": 12,
    }
)  # fmt: skip

#: Words that count on their own.
COLLECTIVES = MappingProxyType(
    {
        "dizaine": 10, "dizaines": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
        "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
        "centaines": 100,
    }
)  # fmt: skip

HALVES = frozenset({"demi", "demie", "half"})

#: Articles when they stand alone.
ARTICLES = frozenset({"un", "une", "one"})

_FRENCH_STEMS = {
    "deux": 2, "trois": 3, "quatr": 4, "cinqu": 5, "six": 6, "sept": 7, "huit": 8, "neuv": 9,
    "dix": 10, "onz": 11, "douz": 12, "treiz": 13, "quatorz": 14, "quinz": 15, "seiz": 16,
    "vingt": 20, "trent": 30, "quarant": 40, "cinquant": 50, "soixant": 60, "cent": 100,
    "mill": 1000,
}  # fmt: skip
_ENGLISH_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
]  # fmt: skip

#: Ordinals, each with its value; "unieme" ends "vingt et unième".
ORDINALS = MappingProxyType(
    {
        **{f"{stem}ieme{s}": value for stem, value in _FRENCH_STEMS.items() for s in ("", "s")},
        **{word: value for value, word in enumerate(_ENGLISH_ORDINALS, start=1)},
        **{f"{word[:-1]}ieth": value for word, value in _TENS.items() if word.endswith("y")},
        "hundredth": 100, "thousandth": 1000, "unieme": 1, "firsts": 1,
        "premier": 1, "premiere": 1, "premiers": 1, "premieres": 1,
        "seconde": 2, "seconds": 2, "secondes": 2,
    }
)  # fmt: skip

#: After "neuf" these mean that it says "new", not nine.
_NOT_COUNTED = frozenset(
    (
        "dans", "sans", "vers", "tres", "plus", "mais", "puis", "depuis", "sous", "aux", "des",
        "les", "ses", "nos", "vos", "tous", "apres", "pres", "avec", "et", "ou", "a", "au", "de",
        "du", "en", "sur",
    )
)  # fmt: skip


def is_nine(before: str, after: str) -> bool:
    """Whether a "neuf" between two words counts things ("neuf pièces") or says "new"."""
    if before in {"a", "etat", "tout", "comme", "immeuble", "logement", "programme"}:
        return False
    counted = after.endswith(("s", "x")) and after not in _NOT_COUNTED
    return counted or after in SCALES or (before in _TENS or before == "quatre")


def decimal_of(word: str) -> Decimal | None:
    """The value of a word that counts or ranks on its own; None for any other."""
    value = COLLECTIVES.get(word, ORDINALS.get(word))
    return None if value is None else Decimal(value)
