import pytest

from app.core.rooms import guess_room
from contracts.asset import AssetType, Room


@pytest.mark.parametrize(
    ("room", "names"),
    [
        (Room.EXTERIOR, "Façade|FACADE-SUD.JPG|108_frontal.jpg|exterieur2|Exterior_1|Vue aérienne"),
        (Room.EXTERIOR, "front|vue drone|street view|IMG_12-façade|devant-facadeNord"),
        (Room.LIVING_ROOM, "salon|Séjour|séjour-cathédrale|pièce à vivre|living_room|LivingRoom"),
        (Room.LIVING_ROOM, "living|lounge|family room|Salon2|salonVueMer|vue du salon|salon_001"),
        (Room.KITCHEN, "cuisine|Cuisine équipée|kitchen|kitchen-2|IMG_0012 cuisine|kitchenette"),
        (Room.KITCHEN, "cuisine-plan-de-travail|gros plan cuisine"),
        (
            Room.BEDROOM,
            "chambre|Chambre1|chambre-parentale|bedroom|master_suite|bed2|ch1|ChbAmis_ch2",
        ),
        (Room.BATHROOM, "salle de bain|salle-de-bains|SalleDeBain|salledebain|SDB|sdb2|bathroom"),
        (Room.BATHROOM, "salle d'eau|salle-d-eau|Salle d’eau|douche|bath|108_bathroom.jpg"),
        (Room.DINING_ROOM, "salle à manger|salle-a-manger|salleAManger|dining room|diningroom"),
        (Room.OFFICE, "bureau|home office|study"),
        (Room.HALLWAY, "entrée|couloir|hall|hallway|vestibule"),
        (Room.TERRACE, "terrasse|terrace|balcon|Balcony|rooftop|véranda|patio|loggia"),
        (Room.GARDEN, "jardin|garden|Jardin-arrière|backyard|vue jardin"),
        (Room.POOL, "piscine|pool|swimming-pool|piscine extérieure|pool house"),
        (Room.GARAGE, "garage|garages"),
        (Room.VIEW, "vue|vue mer|view|panorama|sea-view"),
        (Room.PLAN, "plan|plan-rdc.png|floorplan|floor_plan|Plan 2D|blueprint"),
        (Room.OTHER, "IMG_0231.jpg|DSC0001|photo|cave|buanderie|planche|planète|salonique|chat"),
        (Room.OTHER, ""),
    ],
)
def test_a_name_tells_the_room(room: Room, names: str) -> None:
    guesses = {name: guess_room(AssetType.PHOTO, name) for name in names.split("|")}
    assert guesses == dict.fromkeys(guesses, room)


def test_the_first_telling_name_counts() -> None:
    assert guess_room(AssetType.PHOTO, "IMG_1", "cuisine.jpg") is Room.KITCHEN
    assert guess_room(AssetType.PHOTO, "Vue", "cuisine.jpg") is Room.KITCHEN
    assert guess_room(AssetType.PHOTO, "Salon", "cuisine.jpg") is Room.LIVING_ROOM


def test_a_room_named_first_wins_over_the_next() -> None:
    assert guess_room(AssetType.PHOTO, "cuisine ouverte sur salon") is Room.KITCHEN
    assert guess_room(AssetType.VIDEO, "chambre avec salle de bain") is Room.BEDROOM


def test_a_plan_shows_a_plan() -> None:
    assert guess_room(AssetType.PLAN, "salon.png") is Room.PLAN
