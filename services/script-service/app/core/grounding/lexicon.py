"""Rooms and features that a script may claim, and how French and English name them.

Patterns meet folded text (lower case, no accents). A label is what the director says when the
property's own words are in another language; concepts without labels are only checked.
"""

# ruff: noqa: E501 - a table reads by its rows

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from common.folding import fold
from contracts.asset import Room
from contracts.room_names import ROOM_NAMES
from contracts.script import Language


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a property may have, or be."""

    name: str
    french: re.Pattern[str]
    english: re.Pattern[str]
    either: re.Pattern[str]
    labels: tuple[str, str] | None

    def label(self, language: Language) -> str | None:
        """How the director names it."""
        return self.labels and self.labels[0 if language == "fr" else 1]


def _concept(name: str, french: str, english: str, labels: str = "") -> Concept:
    fr, _, en = labels.partition("/")
    either = "|".join(pattern for pattern in (french, english) if pattern)
    patterns = _words(french), _words(english), _words(either)
    return Concept(name, *patterns, (fr, en) if labels else None)


def _room(room: Room, labels: str = "") -> Concept:
    return _concept(room.value, *ROOM_NAMES[room], labels)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])" if pattern else r"(?!)")


CONCEPTS: tuple[Concept, ...] = (
    _room(Room.LIVING_ROOM),
    _room(Room.KITCHEN),
    _room(Room.BEDROOM),
    _room(Room.BATHROOM),
    _room(Room.DINING_ROOM),
    _room(Room.OFFICE),
    _room(Room.HALLWAY),
    _room(Room.TERRACE, "terrasse/terrace"),
    _concept("balcony", "balcons?", "balcon(?:y|ies)", "balcon/balcony"),
    _concept("patio", "patios?", "patios?", "patio/patio"),
    _concept("veranda", "verandas?", "verandas?|porch(?:es)?|sunrooms?|conservator(?:y|ies)", "véranda/veranda"),
    _concept("loggia", "loggias?", "loggias?", "loggia/loggia"),
    _concept("courtyard", "cours? (?:interieure|privative|pavee)s?", "courtyards?", "cour intérieure/courtyard"),
    _room(Room.GARDEN, "jardin/garden"),
    _room(Room.POOL, "piscine/swimming pool"),
    _concept("spa", "jacuzzis?|spas?|bains? a remous", "jacuzzis?|hot tubs?|spas?", "spa/hot tub"),
    _concept("sauna", "saunas?|hammams?", "saunas?|steam rooms?", "sauna/sauna"),
    _concept("gym", "salles? de sport|salles? de fitness", "gyms?|fitness rooms?", "salle de sport/gym"),
    _concept("tennis", "tennis", "tennis", "tennis/tennis court"),
    _room(Room.GARAGE, "garage/garage"),
    _concept("parking", "parkings?|stationnements?|places? de parking|carports?", "parking|car[ -]?ports?|driveways?", "stationnement/parking"),
    _concept("cellar", "caves?|celliers?", "cellars?", "cave/cellar"),
    _concept("basement", "sous-sols?", "basements?|lower level", "sous-sol/basement"),
    _concept("attic", "greniers?|combles", "attics?", "grenier/attic"),
    _concept("mezzanine", "mezzanines?", "mezzanines?", "mezzanine/mezzanine"),
    _concept("laundry", "buanderies?|lingeries?", "laundry(?: rooms?)?|utility rooms?", "buanderie/laundry room"),
    _concept("dressing", "dressings?", "dressing rooms?|walk-in (?:closets?|wardrobes?)", "dressing/walk-in closet"),
    _concept("storage", "rangements?|placards?", "storage|closets?|wardrobes?", "rangements/storage"),
    _concept("library", "bibliotheques?", "librar(?:y|ies)", "bibliothèque/library"),
    _concept("wc", "wc|toilettes?", "wc|toilets?|powder rooms?|half baths?", ""),
    _concept("fireplace", "cheminees?|poeles?(?: a (?:bois|granules))?|inserts?", "fireplaces?|wood (?:stoves?|burners?)|log burners?", "cheminée/fireplace"),
    _concept("elevator", "ascenseurs?", "elevators?|lifts?", "ascenseur/elevator"),
    _concept("air_conditioning", "climatisation|climatisee?s?|clim", "air[ -]condition(?:ing|ed)|a/c", "climatisation/air conditioning"),
    _concept("underfloor_heating", "chauffage au sol|plancher chauffant", "underfloor heating|radiant floors?", "chauffage au sol/underfloor heating"),
    _concept("heat_pump", "pompes? a chaleur", "heat pumps?", "pompe à chaleur/heat pump"),
    _concept("solar", "panneaux? (?:solaires?|photovoltaiques?)|photovoltaiques?", "solar(?: panels?)?", "panneaux solaires/solar panels"),
    _concept("double_glazing", "double vitrage|triple vitrage", "double[ -]glaz(?:ing|ed)|triple[ -]glaz(?:ing|ed)", "double vitrage/double glazing"),
    _concept("parquet", "parquets?", "parquet|hard ?wood(?: floors?)?|wood(?:en)? floors?", "parquet/hardwood floors"),
    _concept("marble", "marbres?", "marble", "marbre/marble"),
    _concept("stone", "pierres?(?: de taille)?|granits?", "stones?|granite", ""),
    _concept("beams", "poutres?", "(?:exposed )?beams?", "poutres apparentes/exposed beams"),
    _concept("mouldings", "moulures?", "mouldings?|moldings?", "moulures/mouldings"),
    _concept("alarm", "alarmes?|videosurveillance", "alarms?|security systems?", "alarme/alarm"),
    _concept("intercom", "digicodes?|interphones?|visiophones?", "intercoms?|entryphones?", "interphone/intercom"),
    _concept("concierge", "gardiens?|gardienne|concierges?|conciergerie", "concierges?|doorm[ae]n|porters?", ""),
    _concept("fibre", "fibre(?: optique)?", "fib(?:re|er)(?: optics?| internet)?", "fibre/fibre internet"),
    _concept("fitted", "equipee?s?|amenagee?s?", "fitted|equipped", ""),
    _concept("open_plan", "cuisine ouverte|cuisine americaine|ouverte? sur", "open[ -]plan|open kitchen", ""),
    _concept("island", "ilots?", "(?:kitchen )?islands?", ""),
    _concept("bay_window", "baies? vitrees?|verrieres?", "bay windows?|picture windows?|skylights?", "baies vitrées/bay windows"),
    _room(Room.VIEW),
    _concept("sea", "mer|ocean|front de mer|littoral", "sea|ocean|seafront|waterfront", ""),
    _concept("mountain", "montagnes?|alpes|pyrenees", "mountains?|alps", ""),
    _concept("lake", "lacs?", "lakes?", ""),
    _concept("river", "rivieres?|fleuves?|canal", "rivers?|creeks?|canal", ""),
    _concept("park", "parcs?|forets?", "parks?|forests?|woodlands?", ""),
    _concept("beach", "plages?", "beach(?:es)?", ""),
    _concept("transport", "metros?|tramways?|trams?|gares?|bus|rer|autoroutes?|aeroports?", "subways?|metro|trams?|train stations?|stations?|bus|airports?|freeways?|highways?", ""),
    _concept("shops", "commerces?|commodites|marches?|restaurants?|boutiques?", "shops?|shopping|restaurants?|amenities|markets?|cafes?", ""),
    _concept("school", "ecoles?|colleges?|lycees?|universites?|creches?", "schools?|universit(?:y|ies)|college", ""),
    _concept("centre", "centre[ -]ville|hypercentre|plein centre|plein coeur", "city cent(?:er|re)|downtown|town cent(?:er|re)|heart of", ""),
    _concept("quiet", "calmes?|tranquilles?|silencieu(?:x|ses?)|paisibles?", "quiet|peaceful|tranquil|calm", ""),
    _concept("bright", "lumineu(?:x|ses?)|luminosite|ensoleillee?s?|lumiere|clair(?:e|s|es)?", "bright|sunny|sunlit|sun-drenched|light-filled|natural light|luminous|airy", ""),
    _concept("exposure", "plein sud|expos(?:e|ee|ition)s?|(?:sud|nord|est|ouest)-(?:est|ouest)|oriente?e?s?", "(?:south|north|east|west)(?:ern|erly)?[ -]?facing|exposures?", ""),
    _concept("renovated", "renov(?:e|ee|es|ees|ation|ations)|refaite?s?|restauree?s?|a neuf", "renovat(?:ed|ions?)|refurbish(?:ed|ment)|remodel(?:ed|led)|restored|updated|upgraded", ""),
    _concept("new", "neufs?|neuves?|recente?s?", "brand[ -]new|newly|new[ -]build", ""),
    _concept("modern", "modernes?|contemporaine?s?", "modern|contemporary", ""),
    _concept("furnished", "meublee?s?", "furnished", ""),
    _concept("spacious", "spacieu(?:x|ses?)|vastes?|amples?|grand(?:e|s|es)? (?:sejour|salon|cuisine|chambre|terrasse|jardin|maison|villa|appartement)s?", "spacious|vast|roomy|oversized|(?:large|huge|big) (?:living|kitchen|bed|bath|garden|terrace|house|home|apartment)\\w*", ""),
    _concept("high_ceilings", "hauts? plafonds?|hauteur sous plafond", "high ceilings?|vaulted|cathedral ceilings?", "hauts plafonds/high ceilings"),
    _concept("top_floor", "dernier etage|sans vis-a-vis", "top floor|penthouse", ""),
    _concept("ground_floor", "rez-de-(?:chaussee|jardin)|plain[ -]pied", "ground floor|single[ -]stor(?:e?y|ied)|street level", ""),
    _concept("storeys", "etages?", "store?ys?|stories|upstairs|downstairs", ""),
    _concept("land", "terrains?|parcelles?|arboree?s?|cloture?s?|clos", "plots?|land|acreage|landscaped|fenced", ""),
    _concept("double", "doubles?|triples?", "double|triple|twin", ""),
    _concept("guest_house", "dependances?|maisons? d'amis|annexes?", "guest ?houses?|outbuildings?|annexe?s?|cottages?", "dépendance/guest house"),
    _concept("barbecue", "barbecues?", "barbecues?|bbq", "barbecue/barbecue"),
    _concept("outdoor_kitchen", "cuisines? d'ete", "(?:outdoor|summer) kitchens?", "cuisine d’été/outdoor kitchen"),
    _concept("accessible", "pmr|accessible", "wheelchair|accessible|step-free", ""),
    _concept("duplex", "duplex|triplex|souplex", "duplex|triplex", ""),
    _concept("period", "historiques?|haussmannien(?:ne)?s?", "award-winning|historic(?:al)?|period (?:features?|property|home)", ""),
)  # fmt: skip

BY_NAME = {concept.name: concept for concept in CONCEPTS}

#: What a picture's room is proof of.
ROOM_CONCEPTS = {
    room: room.value for room in Room if room not in {Room.EXTERIOR, Room.PLAN, Room.OTHER}
}

#: What is said of the whole property, not of a part of it.
QUALITIES = frozenset(
    {
        "quiet", "bright", "exposure", "renovated", "new", "modern", "furnished", "spacious",
        "centre", "transport", "shops", "school", "period", "top_floor", "storeys", "double",
        "land", "stone", "parquet", "sea", "mountain", "lake", "river", "park", "beach",
    }
)  # fmt: skip

#: Where it lies, rather than what it is.
SURROUNDINGS = frozenset(
    {
        "quiet", "centre", "transport", "shops", "school", "sea", "mountain", "lake", "river",
        "park", "beach",
    }
)  # fmt: skip

#: What belongs to the outside of a house, and may be spoken of there.
OUTDOOR = frozenset(
    {
        "terrace", "balcony", "patio", "loggia", "courtyard", "garden", "pool", "spa", "tennis",
        "garage", "parking", "outdoor_kitchen", "barbecue", "guest_house", "land", "view",
    }
) | SURROUNDINGS  # fmt: skip

_NEGATION = re.compile(
    r"(?:\bsans|\bni|\bpas (?:de|d')|\baucune?|\bno|\bnot|\bwithout|\bnon)(?: [a-z]+)? ?$"
)


@lru_cache(maxsize=4096)
def claims_in(text: str) -> frozenset[str]:
    """The concepts that a text speaks of; "no pool" claims `not:pool`."""
    return frozenset(_found(fold(text)))


def words_claiming(claim: str, text: str) -> str:
    """The words of a text that make a claim of `claims_in`, folded; "" when none does."""
    pattern = BY_NAME[claim.removeprefix("not:")].either
    match = pattern.search(fold(text))
    return match[0] if match else ""


def named_in(text: str, language: Language) -> list[Concept]:
    """The concepts that a text names in a language and does not deny, in the text's order."""
    folded = fold(text)
    starts: list[tuple[int, Concept]] = []
    for concept in CONCEPTS:
        pattern = concept.french if language == "fr" else concept.english
        if (match := pattern.search(folded)) and not _denied(folded, match.start()):
            starts.append((match.start(), concept))
    return [concept for _, concept in sorted(starts, key=lambda found: found[0])]


def _found(folded: str) -> Iterator[str]:
    for concept in CONCEPTS:
        for match in concept.either.finditer(folded):
            denied = _denied(folded, match.start())
            yield f"not:{concept.name}" if denied else concept.name


def _denied(folded: str, start: int) -> bool:
    return _NEGATION.search(folded[max(0, start - 30) : start]) is not None
