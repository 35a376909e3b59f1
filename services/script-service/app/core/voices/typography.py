"""How French and English set numbers, money and punctuation.

French: Imprimerie nationale, Lexique des règles typographiques: a no-break space before a colon
and inside guillemets, a narrow one before ; ! ? and between groups of digits.
"""

import re
from decimal import Decimal
from types import MappingProxyType

from babel.numbers import format_decimal, get_currency_symbol

from contracts.poi import Price
from contracts.script import Language

NBSP = "\u00a0"
NARROW = "\u202f"

_LOCALES = {"fr": "fr_FR", "en": "en_US"}


def number(value: Decimal | int, language: Language) -> str:
    """A number exactly as given, set as the language sets it."""
    return format_decimal(
        value, format="#,##0.##", locale=_LOCALES[language], decimal_quantization=False
    )


def surface(value: Decimal, language: Language) -> str:
    """Square metres."""
    return f"{number(value, language)}{NBSP}m²"


#: What an agent says, and a price is in one currency: "dollars", not "dollars des États-Unis".
_FRENCH_SYMBOLS = MappingProxyType({"USD": "$", "GBP": "£"})


def money(price: Price, language: Language) -> str:
    """An amount exactly as given; cents only when there are some."""
    digits = "#,##0" if price.amount == price.amount.to_integral_value() else "#,##0.00"
    amount = format_decimal(
        price.amount, format=digits, locale=_LOCALES[language], decimal_quantization=False
    )
    symbol = get_currency_symbol(price.currency, _LOCALES[language])
    if language == "fr":
        return f"{amount}{NBSP}{_FRENCH_SYMBOLS.get(price.currency, symbol)}"
    return f"{symbol}{NBSP if symbol[-1].isalpha() else ''}{amount}"


_FRENCH_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.{3,}", "…"),
        (r"(?<=\w)'(?=\w)", "’"),
        (r"[\"“]\s*([^\"“”]*?)\s*[\"”]", rf"«{NBSP}\1{NBSP}»"),
        (r"(?<=\d)\s*m2\b|(?<=\d)\s*m²", f"{NBSP}m²"),
        (r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f](\d{3})(?!\d)", rf"\1{NARROW}\2"),
        (r"(?<=[\d\u202f]\d{3})[ \u00a0](\d{3})(?!\d)", rf"{NARROW}\1"),
        (r"(?<=\d)\s*(?=[€%])", NBSP),
        (r"\s*([;!?])(?=\s|$|[!?])", rf"{NARROW}\1"),
        (r"\s*:(?=\s|$)", f"{NBSP}:"),
        (r"«\s*", f"«{NBSP}"),
        (r"\s*»", f"{NBSP}»"),
        (r"(?<=[!?])\u202f(?=[!?])", ""),
        (r" +([,.…])", r"\1"),
    )
)
_ENGLISH_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\.{3,}", "…"),
        (r"(?<=\w)'(?=\w)", "’"),
        (r"(?<=\d)\s*m2\b|(?<=\d)\s*m²", f"{NBSP}m²"),
        (r"\s+([,.;:!?…])(?=\s|$)", r"\1"),
    )
)


def typeset(text: str, language: Language) -> str:
    """A text with the language's spaces, apostrophes and quotation marks."""
    for pattern, replacement in _FRENCH_RULES if language == "fr" else _ENGLISH_RULES:
        text = pattern.sub(replacement, text)
    return text.strip()
