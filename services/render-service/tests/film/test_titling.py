from uuid import uuid4

import pytest

from app.film.titling import (
    ClosingCard,
    FiguresCard,
    HookTitle,
    LowerThird,
    TextCard,
    part_of,
    titling_of,
)
from contracts.poi import Agency
from contracts.script import Figure, Listing, Scene, ScenePart
from tests.film.stage import listing, scene, script


def _titled(title: str, text: str, part: ScenePart, told: Listing | None = None) -> object:
    first = scene().model_copy(update={"title": title, "on_screen_text": text, "part": part})
    return titling_of(script([first]).model_copy(update={"listing": told}), 0)


def test_a_film_opens_with_offer_name_and_town() -> None:
    opening = _titled("Villa Horizon", "Villa Horizon · Uzès", ScenePart.HOOK, listing())
    assert opening == HookTitle(offer="Villa à vendre", name="Villa Horizon", place="Uzès")


def test_the_town_is_not_said_twice() -> None:
    opening = _titled("Mas d’Uzès", "Mas d’Uzès", ScenePart.HOOK, listing())
    assert opening == HookTitle(offer="Villa à vendre", name="Mas d’Uzès", place="")


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        ("Cuisine", "Îlot central", "Cuisine"),
        ("Cuisine", "Cuisine équipée", ""),
        ("Chambre", "5 chambres", ""),
        ("Séjour", "Séjour", ""),
        ("Salle de bain", "890 000 €", "Prix de vente"),
    ],
)
def test_a_lower_third_labels_its_fact_without_saying_it_twice(
    title: str, text: str, label: str
) -> None:
    assert _titled(title, text, ScenePart.VISIT, listing()) == LowerThird(label=label, text=text)


def test_energy_letters_over_a_picture_are_drawn_as_scales() -> None:
    lower = _titled("Cuisine", "Énergie F · Climat E", ScenePart.VISIT, listing())
    assert isinstance(lower, LowerThird)
    assert lower.rating is not None
    assert (lower.rating.energy, lower.rating.climate) == ("F", "E")


def test_letters_that_are_not_the_propertys_are_text() -> None:
    lower = _titled("Plan", "Lots A · B", ScenePart.VISIT, listing())
    assert lower == LowerThird(label="Plan", text="Lots A · B")


def test_key_figures_say_nothing_twice_and_lose_nothing_that_was_written() -> None:
    card = _titled("Villa", "185 m² · 890 000 € · Vue mer", ScenePart.FIGURES, listing())
    assert isinstance(card, FiguresCard)
    assert card.line == "Vue mer"
    assert card.price == Figure(label="Prix de vente", value="890 000 €")
    assert card.rating is not None
    assert card.rating.notice == "Logement à consommation énergétique excessive"


def test_the_closing_card_says_who_to_turn_to() -> None:
    card = _titled("Agence du Soleil", "04 67 00 11 22", ScenePart.CLOSING, listing())
    assert card == ClosingCard(
        overline="Villa Horizon",
        title="Agence du Soleil",
        lines=("04 67 00 11 22", "contact@agence-soleil.fr", "agence-soleil.fr"),
        url="https://www.agence-soleil.fr/biens/7",
    )


def test_without_an_agency_it_says_what_the_script_says() -> None:
    told = listing().model_copy(update={"agency": Agency(name="Soleil")})
    card = _titled("Villa Horizon", "Visite sur rendez-vous", ScenePart.CLOSING, told)
    assert card == ClosingCard(
        overline="", title="Villa Horizon", lines=("Visite sur rendez-vous",), url=""
    )


def test_a_card_shows_its_pieces_line_by_line() -> None:
    card = _titled("Les atouts", "Garage · Vue mer", ScenePart.CARD)
    assert card == TextCard(title="Les atouts", lines=("Garage", "Vue mer"))


def test_parts_are_told_from_their_place_when_the_writer_did_not_say() -> None:
    photo = uuid4()
    scenes: list[Scene] = [
        scene(0, asset_id=photo),
        scene(1),
        scene(2, asset_id=photo),
        scene(3),
    ]
    told = script(scenes)
    assert [part_of(told, at) for at in range(4)] == ["hook", "card", "visit", "closing"]
