"""The unit beside a number: what makes 120 m² another claim than 120 sq ft."""

import re

_SMALL_WORDS = "a|au|aux|and|avec|dans|de|des|du|en|et|in|la|le|les|of|on|sur|the|to|with"
#: Up to two adjectives: "quatre belles chambres", "3 large bedrooms".
_ADJECTIVES = rf"(?:(?!(?:{_SMALL_WORDS})\b)[a-z']+[ -]){{0,2}}?"
_RANK = "(?:(?:e|er|ere|eme|nd|rd|st|th) )?"

_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (unit, re.compile(rf"[ -]?(?:{pattern})(?![a-z0-9])"))
    for unit, pattern in (
        ("m2", r"m2|metres? carres?|square met(?:er|re)s?|sq\.? ?m|sqm"),
        ("sqft", r"sq\.? ?ft|sqft|square f(?:ee|oo)t|pieds? carres?"),
        ("ha", "ha|hectares?"),
        ("acre", "acres?"),
        ("km", "km|kilomet(?:re|er)s?"),
        ("mile", "miles?"),
        ("m", "m|metres?|meters?"),
        ("minute", "mins?|minutes?"),
        ("percent", "%|pour cent|percent"),
        ("bathroom", rf"{_ADJECTIVES}(?:salles? de bains?|salles? d'eau|bath(?:room)?s?)"),
        ("bedroom", rf"{_ADJECTIVES}(?:chambres?|bed(?:room)?s?)"),
        ("room", rf"{_ADJECTIVES}(?:pieces?|rooms?)"),
        ("floor", rf"{_RANK}(?:etages?|floors?|store?ys?|stories|niveaux?)"),
    )
)

_CURRENCY_OF = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "us$": "USD", "$": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD", "$us": "USD",
    "£": "GBP", "pounds": "GBP", "gbp": "GBP", "chf": "CHF", "cad": "CAD", "ca$": "CAD",
    "$ca": "CAD",
}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_CURRENCY_OF, key=len, reverse=True))
_MONEY_AFTER = re.compile(rf" ?(?P<scale>[km]?) ?(?:d')?(?P<sign>{_SIGN})(?![a-z])")
_MONEY_BEFORE = re.compile(rf"(?<![a-z])(?P<sign>{_SIGN}) ?$")
_THOUSANDS = re.compile(r" ?k(?![a-z0-9])")


def unit_beside(text: str, start: int, end: int) -> str:
    """The unit of the number at text[start:end] of a folded text; "" when it has none.

    A scale letter stays part of it ("kEUR"): 540 k€ is not 540 000 € as given.
    """
    if after := _MONEY_AFTER.match(text, end):
        return after["scale"] + _CURRENCY_OF[after["sign"]]
    scale = "k" if _THOUSANDS.match(text, end) else ""
    if before := _MONEY_BEFORE.search(text, max(0, start - 10), start):
        return scale + _CURRENCY_OF[before["sign"]]
    if scale:
        return scale
    return next((unit for unit, pattern in _AFTER if pattern.match(text, end)), "")
