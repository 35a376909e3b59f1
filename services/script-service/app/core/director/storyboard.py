"""The plan of a film before a word is written: its shots, in order, with their seconds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.brief import Quality, ScriptBrief
from app.core.director.budget import budget
from app.core.director.casting import OUTSIDE, cast
from app.core.director.quotes import Quote, opens
from app.core.director.shots import Card, Must, Shot, Storyboard
from app.core.director.timing import most_pictures, wished_scenes
from app.core.grounding.lexicon import claims_in
from app.core.naming import town_of
from app.core.voices.voice import Fact, FactText, Voice
from contracts.asset import Asset, Room
from contracts.script import ScenePart

#: Cards by how much a film wants them, each with the facts it may tell.
_FIGURES = (("figures", (Fact.PRICE, Fact.ENERGY, Fact.SURFACE, Fact.ROOMS)),)
_MORE_FIGURES = (
    ("sleeping", (Fact.BEDROOMS, Fact.BATHROOMS)),
    ("plot", (Fact.LAND,)),
    ("building", (Fact.YEAR, Fact.FLOOR)),
)
_FEATURES_PER_CARD = 3
#: The card of the key figures is worth a scene while each still gets so many seconds.
_FIGURES_WORTH_S = 3.0

#: Rooms that say little by themselves: the picture's name may say more ("balcon", "cheminée").
_NAMED_BETTER = frozenset({Room.OTHER, Room.TERRACE})
_SUBJECTS = (
    "balcony", "patio", "loggia", "veranda", "courtyard", "terrace", "cellar", "attic", "basement",
    "mezzanine", "laundry", "dressing", "library", "fireplace", "gym", "spa", "sauna", "parking",
)  # fmt: skip


def plan_film(
    brief: ScriptBrief, voice: Voice, features: Sequence[str], quotes: Sequence[Quote]
) -> Storyboard:
    """The shots of a film: every picture there is time for, and cards where pictures are few."""
    duration_s = brief.order.duration_s
    poor = {at for at, sight in brief.sights.items() if sight.quality is Quality.POOR}
    cast_ = cast(brief.pictures, most_pictures(duration_s), poor)
    pictures = [_picture(asset) for asset in cast_]
    hook = replace(pictures[0], part=ScenePart.HOOK) if pictures else Shot(ScenePart.HOOK)
    visit = pictures[1:]
    subjects = {shot.subject for shot in pictures}
    stories = [q for q in quotes if not q.subjects & subjects and not opens(q, voice.language)]
    cards = _cards(brief, voice.facts(), features, stories)
    room_for = wished_scenes(duration_s) - len(visit) - 2
    needed = _needed_cards(voice.facts(), len(visit), duration_s)
    shots = [hook, *_in_order(visit, cards[: max(room_for, needed)]), Shot(ScenePart.CLOSING)]
    seconds = budget(brief, voice, shots, quotes)
    return Storyboard(tuple(shots), tuple(seconds), _placed_musts(brief, voice.facts(), shots))


def must_warn(brief: ScriptBrief) -> bool:
    """Whether a listing must say that the property uses too much energy (class F or G)."""
    return brief.poi.facts.energy_class in {"F", "G"}


def subject_of(asset: Asset) -> str:
    """What a picture shows, in the lexicon's words."""
    if asset.room in _NAMED_BETTER:
        named = claims_in(re.sub(r"[_\-.\d]+", " ", asset.name))
        if subject := next((name for name in _SUBJECTS if name in named), None):
            return subject
    return asset.room.value


def _picture(asset: Asset) -> Shot:
    return Shot(ScenePart.VISIT, asset.room, subject_of(asset), asset)


def _cards(
    brief: ScriptBrief,
    known: Mapping[Fact, FactText],
    features: Sequence[str],
    quotes: Sequence[Quote],
) -> list[Card]:
    """Every card that has something to tell, the most wanted first."""

    def telling(table: Sequence[tuple[str, tuple[Fact, ...]]]) -> list[Card]:
        found = [(name, tuple(fact for fact in wanted if fact in known)) for name, wanted in table]
        return [Card(name, told) for name, told in found if told]

    chunks = [
        Card("features", features=tuple(features[at : at + _FEATURES_PER_CARD]))
        for at in range(0, len(features), _FEATURES_PER_CARD)
    ]
    stories = [Card("story", quote=quote) for quote in quotes]
    place = [Card("place")] if town_of(brief.poi.address) else []
    return [
        *telling(_FIGURES), *chunks[:1], *stories[:1], *telling(_MORE_FIGURES), *place,
        *stories[1:], *chunks[1:],
    ]  # fmt: skip


def _placed_musts(
    brief: ScriptBrief, known: Mapping[Fact, FactText], shots: Sequence[Shot]
) -> dict[int, Must]:
    """What must be shown and has no card stands on the last pictures, in order."""
    carded = {fact for shot in shots if shot.card for fact in shot.card.facts}
    musts = []
    if Fact.ENERGY in known and Fact.ENERGY not in carded:
        musts += [Must.ENERGY, Must.WARNING] if must_warn(brief) else [Must.ENERGY]
    if Fact.PRICE in known and Fact.PRICE not in carded:
        musts.append(Must.PRICE)
    pictures = [at for at, shot in enumerate(shots) if shot.part is ScenePart.VISIT]
    places = pictures[len(pictures) - len(musts) :]
    return dict(zip(places, musts, strict=True))


def _needed_cards(known: Mapping[Fact, FactText], visit: int, duration_s: int) -> int:
    """Whether there is a card of key figures: wherever there is time for it.

    It also stands in for the pictures where what must be shown has too few of them.
    """
    musts = 2 * (Fact.ENERGY in known) + (Fact.PRICE in known)
    return int(musts > visit or (visit + 3) * _FIGURES_WORTH_S <= duration_s)


def _in_order(visit: Sequence[Shot], cards: Sequence[Card]) -> list[Shot]:
    """Cards stand after the opening, between the rooms and the outside, or near the end."""
    outdoors = [shot for shot in visit if shot.room in OUTSIDE]
    plans = [shot for shot in visit if shot.room is Room.PLAN]
    street = [shot for shot in visit if shot.room is Room.EXTERIOR]
    rooms = [shot for shot in visit if shot not in (*outdoors, *plans, *street)]
    drawn = [Shot(_part(card), card=card) for card in cards]
    early = [shot for shot in drawn if shot.card and _opens_a_visit(shot.card)]
    late = [shot for shot in drawn if shot.part is ScenePart.FIGURES]
    middle = [shot for shot in drawn if shot not in (*early, *late)]
    return [*street, *early, *rooms, *middle, *outdoors, *plans, *late]


def _opens_a_visit(card: Card) -> bool:
    return card.name == "place" or (card.quote is not None and card.quote.of_all)


def _part(card: Card) -> ScenePart:
    return ScenePart.FIGURES if card.name == "figures" else ScenePart.CARD
