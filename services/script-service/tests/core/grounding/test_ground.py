from typing import Any

import pytest

from app.core.brief import ScriptDraft
from app.core.grounding.ground import check_grounded, ungrounded
from common.errors import Unprocessable
from contracts.asset import Room
from contracts.script import Language, Motion, Scene
from tests.samples import VILLA, brief, photo, photos, poi

PICTURES = photos(Room.KITCHEN, Room.TERRACE)


def draft(narration: str, **fields: Any) -> ScriptDraft:
    scene = {
        "index": 0,
        "title": "",
        "narration": narration,
        "on_screen_text": "",
        "duration_s": 30.0,
        "asset_id": None,
        "room": Room.OTHER,
        "motion": Motion.HOLD,
        "visual_prompt": "",
        **fields,
    }
    return ScriptDraft("", (Scene.model_validate(scene),))


def found(narration: str, language: Language, **facts: Any) -> list[tuple[str, str]]:
    house = poi(**{**VILLA, "facts": {**VILLA["facts"], **facts}})
    told = brief(house, PICTURES, "Le grenier a été isolé.", language=language)
    return [(f.kind, f.what) for f in ungrounded(told, draft(narration))]


GROUNDED: list[tuple[str, Language]] = [
    ("Une villa de 185,5 m², sur un terrain de 1 200 m².", "fr"),
    ("Six pièces, quatre chambres et deux salles de bain.", "fr"),
    ("Huit cent quatre-vingt-dix mille euros.", "fr"),
    ("Offered at €890,000, built in nineteen hundred and ninety-eight.", "en"),
    ("À cinq minutes du centre-ville, au calme.", "fr"),
    ("La cuisine ouverte, puis la terrasse et la piscine chauffée.", "fr"),
    ("A swimming pool, a garage and air conditioning.", "en"),
    ("The attic was insulated.", "en"),
    ("Appelez le 04 67 00 11 22.", "fr"),
    ("Une maison, un jour.", "fr"),
]


@pytest.mark.parametrize(("narration", "language"), GROUNDED)
def test_what_the_property_says_may_be_said(narration: str, language: Language) -> None:
    assert found(narration, language) == []


UNGROUNDED: list[tuple[str, Language, str]] = [
    ("Près de 900 000 €.", "fr", "number"),
    ("890 k€ seulement.", "fr", "number"),
    ("Une villa de 186 m².", "fr", "number"),
    ("About 1,997 sq ft.", "en", "number"),
    ("A villa of 185.5 sq ft.", "en", "number"),
    ("Six chambres.", "fr", "number"),
    ("Quatre pièces.", "fr", "number"),
    ("Trois salles de bain.", "fr", "number"),
    ("Au premier étage.", "fr", "number"),
    ("Nine hundred thousand euros.", "en", "number"),
    ("Une cheminée dans le séjour.", "fr", "claim"),
    ("A sea view from the cellar.", "en", "claim"),
    ("Avec ascenseur et balcon.", "fr", "claim"),
    ("Sans piscine.", "fr", "claim"),
    ("Entièrement rénovée, exposée plein sud.", "fr", "claim"),
    ("Idéale pour une famille.", "fr", "people"),
    ("Perfect for young professionals.", "en", "people"),
    ("Parfaite pour un couple de retraités.", "fr", "people"),
    ("A Christian neighbourhood, adults only.", "en", "people"),
    ("Able-bodied residents preferred.", "en", "people"),
]


@pytest.mark.parametrize(("narration", "language", "kind"), UNGROUNDED)
def test_what_it_does_not_say_is_found(narration: str, language: Language, kind: str) -> None:
    assert kind in {what for what, _ in found(narration, language)}


def test_a_rounded_price_is_another_number() -> None:
    price = {"amount": "638940", "currency": "USD"}
    assert found("$638,940", "en", price=price) == []
    assert found("$639,000", "en", price=price) == [("number", "639000 USD")]


def test_a_denied_feature_is_no_ground_for_it() -> None:
    house = poi(description="Maison sans garage, pas de piscine.")
    told = brief(house)
    assert [f.what for f in ungrounded(told, draft("Une piscine et un garage."))] == [
        "garage",
        "pool",
    ]
    assert ungrounded(told, draft("Sans garage.")) == []


def test_every_text_that_a_viewer_meets_is_checked() -> None:
    told = brief(poi())
    for field in ("title", "on_screen_text"):
        assert ungrounded(told, draft("", **{field: "12 chambres"}))
    assert ungrounded(told, ScriptDraft("Piscine", ()))


def test_names_are_the_property_s_own_choice() -> None:
    house = poi(
        name="La Maison de famille",
        address="34280 La Grande-Plage",
        agency={"name": "Sea View Family Homes"},
    )
    told = brief(house, language="en")
    text = "La Maison de famille, in La Grande-Plage, with Sea View Family Homes."
    assert ungrounded(told, draft(text)) == []
    assert ungrounded(told, draft("A sea view for families."))


def test_a_picture_s_name_is_ground() -> None:
    told = brief(poi(), (photo(Room.OTHER, "cheminee_salon-2.jpg"),))
    assert ungrounded(told, draft("Le salon et sa cheminée.")) == []


def test_a_street_number_is_no_ground_for_a_count() -> None:
    told = brief(poi(address="12 rue des Lilas"))
    assert ungrounded(told, draft("12 chambres."))
    assert ungrounded(told, draft("Au 12, rue des Lilas.")) == []


def test_a_script_without_ground_is_refused_whoever_wrote_it() -> None:
    with pytest.raises(Unprocessable, match="scene 0: claim “pool”") as refusal:
        check_grounded(brief(poi()), draft("Une piscine."))
    assert refusal.value.code == "script_not_grounded"
