"""Features as parts of a sentence: "Cave" is "une cave" in « dispose aussi d’une cave ».

Only what is plainly a thing becomes one; "Rénové en 2021" stays an item of a list.
"""

import re
from collections.abc import Sequence

from app.core.grounding.lexicon import QUALITIES, claims_in
from common.folding import fold

_MOST_WORDS = 4

_UN = frozenset(
    """ascenseur balcon garage parking stationnement jardin jardinet patio spa sauna hammam jacuzzi
    dressing grenier sous-sol cellier portail interphone digicode visiophone parquet bureau sejour
    salon poele barbecue tennis hall box carport local""".split()  # noqa: SIM905 - reads as a list
)
_UNE = frozenset(
    """cave piscine terrasse cheminee veranda loggia mezzanine buanderie bibliotheque alarme pompe
    cuisine dependance cour salle chambre suite vue baie verriere mezzanine""".split()  # noqa: SIM905
)
_LA, _LE = frozenset({"climatisation", "fibre", "domotique"}), frozenset({"chauffage"})
_DES = frozenset(
    {"panneaux", "rangements", "placards", "poutres", "moulures", "baies", "combles", "caves"}
)
_ARTICLES = ((_UN, "un"), (_UNE, "une"), (_LA, "la"), (_LE, "le"), (_DES, "des"))
_MADE_OF_DE = {"un": "d’un", "une": "d’une", "la": "de la", "le": "du", "des": "de"}

#: English nouns that take no article.
_UNCOUNTED = re.compile(
    r"(?:conditioning|heating|glazing|parking|storage|internet|security|access|[^s]s)$"
)


def french_things(features: Sequence[str]) -> list[str] | None:
    """Features with their articles ("une cave"); None unless all of them are things."""
    things = [_chose(feature) for feature in features]
    return [thing for thing in things if thing] if all(things) else None


def after_de(thing: str) -> str:
    """A French thing after "de": d’une cave, de la climatisation, du chauffage, de panneaux."""
    article, _, rest = thing.partition(" ")
    return f"{_MADE_OF_DE[article]} {rest}"


def english_things(features: Sequence[str]) -> list[str] | None:
    """Features with their articles ("a cellar"); None unless all of them are things."""
    things = [_thing(feature) for feature in features]
    return [thing for thing in things if thing] if all(things) else None


def _is_thing(feature: str) -> bool:
    physical = claims_in(feature) - QUALITIES
    few = len(feature.split()) <= _MOST_WORDS
    return few and bool(physical) and not any(claim.startswith("not:") for claim in physical)


def _chose(feature: str) -> str | None:
    first = re.split(r"[ -]", fold(feature), maxsplit=1)[0]
    article = next((article for nouns, article in _ARTICLES if first in nouns), None)
    return f"{article} {feature}" if article and _is_thing(feature) else None


def _thing(feature: str) -> str | None:
    if not _is_thing(feature) or re.search(r"\d|\b(?:in|for|since|with)\b", feature):
        return None
    if _UNCOUNTED.search(feature):
        return feature
    return f"{'an' if feature[0].lower() in 'aeiou' else 'a'} {feature}"
