"""Which room a file shows, guessed from how people name files in French and English.

"IMG_0231-Façade.JPG", "salonVueMer2.jpg" and "108_frontal.jpg" all say something. The room that is
named first wins; what surrounds a room (a view, the outside in general) only counts when no room is
named, since "vue du salon" is a picture of the living room.
"""

import re

from common.folding import fold
from contracts.asset import AssetType, Room
from contracts.room_names import ROOM_NAMES

#: What file names say besides the names of rooms: short forms, and words for parts of a room.
_SHORT_FORMS = {
    Room.EXTERIOR: "facades?|frontal|devanture|drone|aerien(?:ne)?s?|aerial|curb ?appeal"
    "|street ?view|front ?(?:view|elevation)",
    Room.LIVING_ROOM: "living|sejour ?salon",
    Room.BEDROOM: "beds?|chb?(?= ?[0-9])|dortoirs?",
    Room.BATHROOM: "bains?|sde|salle ?deau",
    Room.DINING_ROOM: "dining|salle ?a ?manger",
    Room.OFFICE: "home ?office",
    Room.TERRACE: "balcons?|balcon(?:y|ies)|patios?|loggias?|verandas?|porch(?:es)?|pergolas?"
    "|cours? (?:interieure|privative|pavee)s?|courtyards?",
    Room.POOL: "swimming ?pool",
    Room.PLAN: "floor ?plans?|blueprints?|layouts?|(?<!gros )(?<!premier )(?<!arriere )plans?"
    "(?! (?:de travail|d'eau|large|serre|rapproche|moyen|fixe|sequence|americain))",
}
_SURROUNDINGS = {
    Room.EXTERIOR: "exterieure?s?|exteriors?|outsides?|outdoors?|dehors|front|rue|street",
    Room.VIEW: "|".join(ROOM_NAMES[Room.VIEW]),
}

_HUMP = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_NO_LETTER = re.compile(r"[\W_]+")
_ELISION = re.compile(r"\b([dl]) (?=[aeiouhy])")


def _pattern(rooms: dict[Room, list[str]]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{room.value}>{'|'.join(names)})" for room, names in rooms.items())
    return re.compile(rf"(?<![a-z])(?:{groups})(?![a-z])")


_ROOM_NAMED = _pattern(
    {
        room: [*ROOM_NAMES.get(room, ()), *filter(None, [_SHORT_FORMS.get(room)])]
        for room in Room
        if room not in {Room.VIEW, Room.OTHER}
    }
)
_SURROUNDING_NAMED = _pattern({room: [names] for room, names in _SURROUNDINGS.items()})


def guess_room(asset_type: AssetType, *names: str) -> Room:
    """The room that the first telling name speaks of; `other` when none does.

    A plan shows a plan, whatever it is called.
    """
    if asset_type is AssetType.PLAN:
        return Room.PLAN
    texts = [_words(name) for name in names]
    for pattern in (_ROOM_NAMED, _SURROUNDING_NAMED):
        for text in texts:
            if (match := pattern.search(text)) and match.lastgroup:
                return Room(match.lastgroup)
    return Room.OTHER


def _words(name: str) -> str:
    """A file name as plain words: "ChambreD'amis2.JPG" is "chambre d'amis 2 jpg"."""
    words = _NO_LETTER.sub(" ", fold(_HUMP.sub(" ", name)))
    return _ELISION.sub(r"\1'", words)
