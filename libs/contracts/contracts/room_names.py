"""How French and English name rooms, once for all services.

asset-service guesses by them what a file shows, script-service what a text claims: a photo that is
taken for a kitchen because of its name is one that a script may call a kitchen.
"""

from types import MappingProxyType
from typing import NamedTuple

from contracts.asset import Room


class RoomNames(NamedTuple):
    """Alternatives of a regular expression over whole words of folded text (no case or accents)."""

    french: str
    english: str


ROOM_NAMES = MappingProxyType(
    {
        Room.LIVING_ROOM: RoomNames(
            "salons?|sejours?|pieces? (?:a|de) vi(?:e|vre)",
            "living[ _-]?(?:rooms?|areas?|space)|lounges?|family rooms?|sitting rooms?",
        ),
        Room.KITCHEN: RoomNames(
            "cuisines?(?! d.ete)|kitchenettes?",  # a summer kitchen is outside
            "(?<!outdoor )(?<!summer )kitchens?|kitchenettes?",
        ),
        Room.BEDROOM: RoomNames(
            "chambres?|coin nuit|espace nuit|suites? parentales?",
            "bed[ _-]?rooms?|master suites?|primary suites?",
        ),
        Room.BATHROOM: RoomNames(
            "salles? ?de ?bains?|salles? d'eau|sdb|douches?|baignoires?",
            r"bath[ _-]?rooms?|baths?|shower rooms?|showers?|bathtubs?|en-suites?"
            r"|ensuite (?:bath|shower)\w*",
        ),
        Room.DINING_ROOM: RoomNames("salles? a manger|coin repas", "dining[ _-]?(?:rooms?|areas?)"),
        Room.OFFICE: RoomNames("bureaux?", "offices?|stud(?:y|ies)(?! of)|home offices?"),
        Room.HALLWAY: RoomNames(
            "couloirs?|halls?|entree|vestibules?|degagements?",
            "hallways?|halls?|entrance|foyers?|entryways?",
        ),
        Room.TERRACE: RoomNames("terrasses?|rooftops?", "terraces?|decks?|rooftops?"),
        Room.GARDEN: RoomNames(
            "jardins?|jardinets?", "gardens?|(?:back|front)?yards?|lawns?|grounds"
        ),
        Room.POOL: RoomNames("piscines?", "(?:swimming )?pools?"),
        Room.GARAGE: RoomNames("garages?|box(?:es)?", "garages?"),
        Room.VIEW: RoomNames(
            "vues?|panoramas?|panoramiques?|vis-a-vis",
            "views?|panoram(?:a|ic)|vistas?|overlook(?:s|ing)",
        ),
    }
)
