"""The grounding check: a script says nothing that its property did not say first.

- Every number of a title, narration or on-screen text, in digits or words, is one of the
  property's, its assets' or its transcripts', as given: formatting may change; roundings,
  conversions and sums are other numbers.
- Every room or feature claimed (`lexicon`) is named there too.
- What tells a writer what to say (`steering`) is ground for nothing.
- Nothing speaks of people instead of the property (`people`); the property's and the
  agency's own names are theirs to choose.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.grounding.lexicon import ROOM_CONCEPTS, claims_in, words_claiming
from app.core.grounding.numbers import Number, numbers_in
from app.core.grounding.people import people_wording
from app.core.grounding.steering import without_orders
from app.core.naming import agency_site, shown_agency, shown_name, town_of
from common.errors import Unprocessable
from common.folding import fold
from contracts.poi import Facts, Poi
from contracts.script import Language

#: The unit of a bare number in a name or an address: a street number 4 proves no four bedrooms.
_LABEL = "label"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a script says without ground; `scene` is its index, None for the script's title.

    `what` is the number, the claim or the wording about people; `words` are the text's own.
    """

    scene: int | None
    kind: Literal["number", "claim", "people"]
    what: str
    words: str


class Ground:
    """What a property, its assets and its transcripts give to speak of."""

    def __init__(self, brief: ScriptBrief) -> None:
        poi = brief.poi
        told = [*map(without_orders, spoken_of(brief))]
        called = [poi.name, poi.poi_type, *(_readable(asset.name) for asset in brief.assets)]
        self._language: Language = brief.order.language
        self._names = _own_names(poi)
        self._numbers = _fact_numbers(poi.facts).union(*(numbers_in(text) for text in told))
        self._numbers |= {
            number if number.unit else Number(number.value, _LABEL)
            for text in [*called, poi.address, *_agency_texts(poi)]
            for number in numbers_in(text)
        }
        self._values = {number.value for number in self._numbers}
        self._claims = _fact_claims(poi.facts).union(*(claims_in(text) for text in told + called))
        self._claims |= {
            ROOM_CONCEPTS[asset.room] for asset in brief.assets if asset.room in ROOM_CONCEPTS
        }

    def ungrounded(self, text: str, scene: int | None = None) -> list[Finding]:
        """What a text says without ground."""
        numbers = [n for n in numbers_in(text, self._language) if not self._given(n)]
        bare = self.without_names(text)
        claims = claims_in(bare) - self._claims
        return [
            *(
                Finding(scene, "number", said := f"{n.value} {n.unit}".strip(), said)
                for n in numbers
            ),
            *(Finding(scene, "claim", c, words_claiming(c, bare)) for c in sorted(claims)),
            *(Finding(scene, "people", word, word) for word in people_wording(bare)),
        ]

    def _given(self, number: Number) -> bool:
        if not number.unit:
            return number.value in self._values
        return number in self._numbers or Number(number.value) in self._numbers

    def without_names(self, text: str) -> str:
        """The text, folded, without what the property, its town and its agency are called."""
        folded = fold(text)
        for name in self._names:
            folded = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", folded)
        return folded


def spoken_of(brief: ScriptBrief) -> list[str]:
    """The texts that say what a property has and is."""
    poi = brief.poi
    return [poi.description, *poi.facts.features, *poi.tags, *brief.transcripts]


def ungrounded(brief: ScriptBrief, draft: ScriptDraft) -> list[Finding]:
    """Everything that a script says without ground; nothing when it may be used."""
    ground = Ground(brief)
    findings = ground.ungrounded(draft.title)
    for scene in draft.scenes:
        for text in (scene.title, scene.narration, scene.on_screen_text):
            findings += ground.ungrounded(text, scene.index)
    return findings


def check_grounded(brief: ScriptBrief, draft: ScriptDraft) -> None:
    """Raises Unprocessable `script_not_grounded`, naming what has no ground."""
    if findings := ungrounded(brief, draft):
        listed = "; ".join(
            f"{'title' if f.scene is None else f'scene {f.scene}'}: {f.kind} “{f.what}”"
            for f in findings[:10]
        )
        raise Unprocessable(
            f"the script says what the property does not: {listed}", code="script_not_grounded"
        )


def _own_names(poi: Poi) -> list[str]:
    """Names that may stand in a script whatever words they are made of, longest first."""
    names = [poi.name, shown_name(poi), shown_agency(poi), town_of(poi.address)]
    names += [agency_site(poi), str((poi.agency and poi.agency.email) or "")]
    return sorted({folded for name in names if (folded := fold(name).strip())}, key=len)[::-1]


def _agency_texts(poi: Poi) -> list[str]:
    agency = poi.agency
    given = (agency.name, agency.phone, agency.email, agency.url) if agency else ()
    return [str(text) for text in given if text]


def _readable(asset_name: str) -> str:
    """A file name as words: "vue_mer-2.jpg" speaks of a view, the sea and a 2."""
    return re.sub(r"\.\w{2,4}$", "", re.sub(r"[_\-.]+(?=\w)", " ", asset_name))


def _fact_numbers(facts: Facts) -> set[Number]:
    given: list[tuple[Decimal | int | None, str]] = [
        (facts.surface_m2, "m2"),
        (facts.land_m2, "m2"),
        (facts.rooms, "room"),
        (facts.bedrooms, "bedroom"),
        (facts.bathrooms, "bathroom"),
        (facts.floor, "floor"),
        (facts.year_built, "year"),
    ]
    if facts.price is not None:
        given.append((facts.price.amount, facts.price.currency))
    return {Number(Decimal(value), unit) for value, unit in given if value is not None}


def _fact_claims(facts: Facts) -> set[str]:
    claims = {
        "bedroom": bool(facts.bedrooms),
        "bathroom": bool(facts.bathrooms),
        "land": facts.land_m2 is not None,
        "storeys": facts.floor is not None,
        "ground_floor": facts.floor == 0,
    }
    return {claim for claim, given in claims.items() if given}
