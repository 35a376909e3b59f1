import pytest

from app.core.brief import Tone
from app.core.director.director import direct
from contracts.asset import Asset, Room
from contracts.script import ScenePart
from tests.samples import brief, photos, poi

FLAT = poi(
    name="Les Tilleuls",
    poi_type="apartment",
    address="34000 Montpellier",
    description=(
        "Appartement traversant au deuxième étage. Le séjour ouvre sur un balcon filant exposé sud."
        " La cuisine est aménagée et équipée. Les chambres ont des placards."
        " La salle de bain a été rénovée. Cave et place de parking en sous-sol."
        " Tramway et commerces à cinq minutes à pied."
    ),
    facts={
        "price": {"amount": "329000", "currency": "EUR"},
        "transaction": "sale",
        "bedrooms": 2,
        "energy_class": "D",
    },
)
VISIT_ROOMS = (Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.BATHROOM)
VISIT = photos(*VISIT_ROOMS)


def narrations(
    duration_s: int, tone: Tone = Tone.NEUTRAL, pictures: tuple[Asset, ...] = VISIT
) -> dict[str, str]:
    """What is said, by room; over cards, by what they are there for."""
    film = direct(brief(FLAT, pictures, duration_s=duration_s, tone=tone))
    return {
        str(scene.room if scene.part is ScenePart.VISIT else scene.part): scene.narration
        for scene in film.scenes
    }


@pytest.mark.parametrize("tone", Tone)
def test_what_is_written_of_a_room_is_said_over_it_even_in_a_short_film(tone: Tone) -> None:
    told = narrations(30, tone)
    assert told["living_room"].startswith("Le séjour ouvre sur un balcon filant exposé sud.")
    assert told["kitchen"].startswith("La cuisine est aménagée et équipée.")


@pytest.mark.parametrize("tone", Tone)
def test_the_price_has_its_time_whatever_there_is_to_tell(tone: Tone) -> None:
    many = photos(*VISIT_ROOMS, Room.HALLWAY, Room.OFFICE)
    assert "329\u202f000\u00a0€" in narrations(30, tone, many)["figures"]


def test_a_film_with_time_for_it_opens_with_what_the_property_is() -> None:
    assert narrations(45)["hook"].endswith("Appartement traversant au deuxième étage.")


@pytest.mark.parametrize("tone", Tone)
def test_a_cellar_is_not_told_of_over_an_office(tone: Tone) -> None:
    pictures = photos(Room.EXTERIOR, Room.DINING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.OFFICE)
    assert "Cave" not in narrations(37, tone, pictures)["office"]


def test_where_a_property_lies_is_told_outside_where_the_film_goes_outside() -> None:
    nearby = "Tramway et commerces à cinq minutes à pied."
    assert nearby in narrations(45, Tone.NEUTRAL, (*VISIT, *photos(Room.GARDEN)))["garden"]
