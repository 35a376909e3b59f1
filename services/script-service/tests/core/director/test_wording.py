"""What an editor who read the films aloud struck out, and must not come back."""

import re
from itertools import pairwise
from typing import Any

import pytest

from app.core.brief import Tone
from app.core.director.director import direct
from app.core.grounding.lexicon import OUTDOOR, claims_in
from app.core.voices.inventory import after_de, english_things, french_things
from contracts.asset import Room
from contracts.script import Language, Scene
from tests.core.director.strangers import strangers
from tests.samples import VILLA, brief, photos, poi

LANGUAGES: list[Language] = ["fr", "en"]
OUTSIDE = {Room.TERRACE, Room.GARDEN, Room.POOL, Room.VIEW}
VISIT = photos(Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.BEDROOM,
               Room.BATHROOM, Room.GARDEN, Room.POOL)  # fmt: skip
SAMPLE = [(told, direct(told)) for told in strangers(200)]


def scenes(
    language: Language = "fr", tone: Tone = Tone.NEUTRAL, duration_s: int = 60, **fields: Any
) -> list[Scene]:
    """The scenes over pictures."""
    house = poi(**{"poi_type": "house", **fields})
    told = brief(house, VISIT, language=language, tone=tone, duration_s=duration_s)
    return [scene for scene in direct(told).scenes if scene.asset_id]


def said(**fields: Any) -> str:
    """What is said over pictures, in both languages and every tone."""
    return " ".join(
        scene.narration
        for language in LANGUAGES
        for tone in Tone
        for scene in scenes(language, tone, **fields)
    )


def test_no_sentence_is_two_words_that_a_card_would_hold() -> None:
    for told, script in SAMPLE:
        for scene in script.scenes:
            alone = r"(?:^|[.!] )(?:À vendre|À louer|For sale|To rent)[.!]"
            assert not re.search(alone, scene.narration), told.poi.name


@pytest.mark.parametrize("tone", Tone)
def test_a_name_that_describes_is_not_introduced_as_one_that_names(tone: Tone) -> None:
    for language in LANGUAGES:
        name, address = "Brick townhouse with garden", "London SW1A 2AA"
        opening = scenes(language, tone, name=name, address=address)[0].narration
        assert not re.search(r"(?:[Vv]oici|This is|Welcome to|this is) Brick", opening)


def test_the_deal_may_open_a_film_and_is_then_not_repeated() -> None:
    facts = {"transaction": "sale", "surface_m2": "120"}
    openings = [
        scenes(name=name, address="34000 Montpellier", facts=facts, duration_s=30)[0].narration
        for name in (f"Villa {letter}" for letter in "ABCDEFGHIJKLMNOP")
    ]
    assert any(opening.startswith("À vendre à Montpellier\u00a0: ") for opening in openings)
    assert all(opening.lower().count("à vendre") <= 1 for opening in openings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_room_begins_the_visit_and_does_not_come_next(language: Language) -> None:
    for told, script in SAMPLE:
        rooms = [s for s in script.scenes[1:] if s.asset_id and s.room is not Room.EXTERIOR]
        if told.order.language == language and rooms:
            later = r"^(?:Vient ensuite|La visite se poursuit|Next|On to|Now for|The tour cont)"
            first = rooms[0]
            assert first.room is Room.OTHER or not re.search(later, first.narration)


def test_the_one_bedroom_that_is_shown_is_not_counted_as_well() -> None:
    told = said(facts={"bedrooms": 1, "bathrooms": "1", "transaction": "sale"})
    assert not re.search(r"une (?:chambre|salle de bain)\b|one (?:bed|bath)room", told)


def test_pictures_of_bedrooms_are_not_taken_for_more_bedrooms_than_there_are() -> None:
    for count in (None, 1, 2):
        assert not re.search(
            r"another (?:bed|bath)room|autre (?:chambre|salle)|bedroom space|bedroom side, the",
            said(facts={"bedrooms": count, "bathrooms": count}),
        )


def test_what_is_inside_is_not_told_over_the_garden() -> None:
    facts = {"features": ["Ascenseur", "Climatisation", "Cave", "Parquet", "Garage", "Elevator"]}
    for language in LANGUAGES:
        for tone in Tone:
            for scene in scenes(language, tone, facts=facts, description=""):
                if scene.room in OUTSIDE:
                    assert claims_in(scene.narration) <= OUTDOOR


def test_features_are_told_in_sentences() -> None:
    house = poi(poi_type="house", facts={"features": ["Climatisation", "Cave"]})
    films = [
        direct(brief(house, VISIT, language=language, duration_s=60)) for language in LANGUAGES
    ]
    told = " ".join(scene.narration for film in films for scene in film.scenes)
    assert re.search(
        r"dispose (?:aussi )?de la climatisation et d’une cave\."
        r"|À noter aussi\u00a0: la climatisation et une cave\.",
        told,
    )
    assert re.search(r"(?:also has|comes with|Also of note:) air conditioning and a cellar\.", told)
    assert not re.search(r"En plus|Plus:", told)


def test_what_was_built_is_the_house_and_not_the_room_that_is_shown() -> None:
    facts = {"year_built": 1998, "surface_m2": "120"}
    for name in ("Les Pins", "Les Cèdres", "Les Ormes", "Les Tilleuls"):
        told = said(name=name, facts=facts, duration_s=45)
        assert "1998" in told
        assert not re.search(r"(?:^|[.!] )(?:Construite?|Built|Une surface) ", told)


def test_pictures_of_one_room_that_follow_each_other_are_told_in_other_words() -> None:
    kitchens = photos(Room.EXTERIOR, *[Room.KITCHEN] * 5)
    for language in LANGUAGES:
        for tone in Tone:
            film = direct(brief(poi(), kitchens, language=language, tone=tone))
            told = [scene.narration for scene in film.scenes]
            assert all(before != after for before, after in pairwise(told)), told


def test_a_summer_kitchen_is_not_the_kitchen() -> None:
    told = scenes(facts={"features": ["Cuisine d'été"]})
    kitchen = next(scene for scene in told if scene.room is Room.KITCHEN)
    assert "été" not in kitchen.narration + kitchen.on_screen_text


def test_one_pauses_in_a_room_and_by_a_pool() -> None:
    told = " ".join(
        scene.narration
        for name in ("A", "B", "C", "D", "E", "F", "G", "H")
        for scene in scenes("en", Tone.WARM, name=f"Villa {name}")
    )
    assert not re.search(r"(?:pause at|time with)", told)
    assert re.search(r"(?:pause|time) in the (?:living room|kitchen)", told)
    assert not re.search(r"(?:pause|time) in the pool", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_town_is_told_once(language: Language) -> None:
    few = brief(poi(**VILLA), photos(Room.EXTERIOR), language=language, duration_s=60)
    narrations = " ".join(scene.narration for scene in direct(few).scenes)
    assert narrations.count("Montpellier") == 1


@pytest.mark.parametrize(
    ("feature", "french"),
    [
        ("cave", "d’une cave"),
        ("balcon filant", "d’un balcon filant"),
        ("climatisation", "de la climatisation"),
        ("chauffage au sol", "du chauffage au sol"),
        ("panneaux solaires", "de panneaux solaires"),
    ],
)
def test_french_things_take_their_article(feature: str, french: str) -> None:
    (thing,) = french_things([feature]) or [""]
    assert after_de(thing) == french


@pytest.mark.parametrize(
    ("feature", "english"),
    [
        ("cellar", "a cellar"),
        ("elevator", "an elevator"),
        ("air conditioning", "air conditioning"),
        ("exposed beams", "exposed beams"),
        ("fireplace in the living room", None),
        ("renovated", None),
    ],
)
def test_english_things_take_their_article(feature: str, english: str | None) -> None:
    assert english_things([feature]) == (english and [english])
