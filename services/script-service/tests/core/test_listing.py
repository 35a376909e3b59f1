import pytest

from app.core.brief import ScriptBrief
from app.core.grounding.ground import Ground
from app.core.listing import listing_of
from contracts.poi import Poi
from contracts.script import Figure, Listing
from tests.core.director.strangers import strangers
from tests.samples import VILLA, brief, poi


def villa(**facts: object) -> Poi:
    return poi(**{**VILLA, "facts": {**VILLA["facts"], **facts}})


def test_figures_are_set_in_the_language_of_the_script() -> None:
    french, english = (listing_of(brief(villa(), language=each)) for each in ("fr", "en"))
    assert french.offer == "Villa à vendre"
    assert french.price == Figure(label="Prix de vente", value="890\u202f000\u00a0€")
    assert [(each.value, each.label) for each in french.figures] == [
        ("185,5\u00a0m²", "Surface"),
        ("1\u202f200\u00a0m²", "Terrain"),
        ("6", "Pièces"),
        ("4", "Chambres"),
        ("2", "Salles de bain"),
        ("1998", "Construction"),
    ]
    assert english.price == Figure(label="Asking price", value="€890,000")
    assert ("185.5\u00a0m²", "Floor area") in [(e.value, e.label) for e in english.figures]


def test_only_class_f_and_g_carry_the_words_of_the_law() -> None:
    notices = {
        letter: listing_of(brief(villa(energy_class=letter))).energy_notice for letter in "ABCDEFG"
    }
    assert notices == dict.fromkeys("ABCDE", "") | dict.fromkeys(
        "FG", "Logement à consommation énergétique excessive"
    )


def test_a_property_of_which_little_is_known_lists_little() -> None:
    assert listing_of(brief(poi(name="Loft"))) == Listing(name="Loft")
    assert listing_of(brief(poi(poi_type="house"))).offer == "Maison"


def test_the_agency_is_given_on_clean_lines() -> None:
    agency = {"name": " Agence\n<b>du Soleil</b> ", "phone": "04 67\t00 11 22"}
    shown = listing_of(brief(poi(agency=agency))).agency
    assert shown is not None
    assert (shown.name, shown.phone) == ("Agence du Soleil", "04 67 00 11 22")
    assert listing_of(brief(poi(agency={}))).agency is None


@pytest.mark.parametrize("told", list(strangers(100)))
def test_whatever_the_property_nothing_is_listed_that_it_did_not_say(told: ScriptBrief) -> None:
    listing, ground = listing_of(told), Ground(told)
    for figure in (*listing.figures, *([listing.price] if listing.price else [])):
        assert ground.ungrounded(f"{figure.value} {figure.label}") == []
