"""What the property, its town and its agency are called in a film."""

import re

from app.core.text import capital, clean, first_words
from common.folding import fold
from contracts.poi import Poi

ON_SCREEN_WORDS = 8
_NAME_WORDS = 12

_COUNTRY = re.compile(
    r"france|usa|u\.s\.a\.|united states(?: of america)?|united kingdom|uk|england|belgi\w+"
    r"|suisse|switzerland|luxembourg|canada|monaco|espagne|spain|portugal|ital\w+",
    re.IGNORECASE,
)
#: What stands after a town in French addresses without a postcode: departments and regions, folded.
#: Paris is left out, being a town first.
_DISTRICTS = frozenset(
    """ain|aisne|allier|alpes-de-haute-provence|hautes-alpes|alpes-maritimes|ardeche|ardennes|ariege
    |aube|aude|aveyron|bouches-du-rhone|calvados|cantal|charente|charente-maritime|cher|correze
    |corse-du-sud|haute-corse|corse|cote-d'or|cotes-d'armor|creuse|dordogne|doubs|drome|eure
    |eure-et-loir|finistere|gard|haute-garonne|gers|gironde|herault|ille-et-vilaine|indre
    |indre-et-loire|isere|jura|landes|loir-et-cher|loire|haute-loire|loire-atlantique|loiret|lot
    |lot-et-garonne|lozere|maine-et-loire|manche|marne|haute-marne|mayenne|meurthe-et-moselle|meuse
    |morbihan|moselle|nievre|nord|oise|orne|pas-de-calais|puy-de-dome|pyrenees-atlantiques
    |hautes-pyrenees|pyrenees-orientales|bas-rhin|haut-rhin|rhone|haute-saone|saone-et-loire|sarthe
    |savoie|haute-savoie|seine-maritime|seine-et-marne|yvelines|deux-sevres|somme|tarn
    |tarn-et-garonne|var|vaucluse|vendee|vienne|haute-vienne|vosges|yonne|territoire de belfort
    |essonne|hauts-de-seine|seine-saint-denis|val-de-marne|val-d'oise|guadeloupe|martinique|guyane
    |la reunion|mayotte|auvergne-rhone-alpes|bourgogne-franche-comte|bretagne|centre-val de loire
    |grand est|hauts-de-france|ile-de-france|normandie|nouvelle-aquitaine|occitanie
    |pays de la loire|provence-alpes-cote d'azur""".replace("\n    ", "").split("|")
)
_FRENCH_TOWN = re.compile(r"(?<!\d)\d{4,5}\s+(?P<town>[^\d,;()]+)")
_STATE_AND_ZIP = re.compile(r"^(?:[A-Z]{2}|[A-Z][a-z]+)?\s*\d{5}(?:-\d{4})?$|^[A-Z]{2}$")
_POSTCODE_AT_END = re.compile(
    r"\s+(?:[A-Z]{2}\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|\d{4,6})$"
)
_TOWN = re.compile(r"[^\W\d_][^\d,;:!?/()]{0,39}")
_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|chemin|allée|allee|impasse|route|quai|cours|place|square"
    r"|street|st|road|rd|ave|lane|ln|drive|dr|way|blvd|court|ct|apt|suite|lot|lieu-dit)\b",
    re.IGNORECASE,
)


def shown_name(poi: Poi) -> str:
    """The name as it is spoken, cleaned and at most a dozen words; "" when nothing is left."""
    name = clean(poi.name).rstrip(".!?,;: ")
    return capital(first_words(name, _NAME_WORDS)) if re.search(r"\w", name) else ""


def shown_agency(poi: Poi) -> str:
    """The agency's name, cleaned; "" when there is none."""
    return clean((poi.agency and poi.agency.name) or "").rstrip(",;: ")


def agency_site(poi: Poi) -> str:
    """The host of the agency's web site; "" when there is none."""
    url = poi.agency and poi.agency.url
    return ((url and url.host) or "").removeprefix("www.")


def town_of(address: str) -> str:
    """The town of a French, American or British address; "" when it cannot be told for sure."""
    parts = [part for raw in re.split(r"[,\n;]", address) if (part := clean(raw))]
    while parts and _COUNTRY.fullmatch(parts[-1]):
        parts.pop()
    while len(parts) > 1 and fold(parts[-1]) in _DISTRICTS:
        parts.pop()
    for part in reversed(parts):
        if (match := _FRENCH_TOWN.search(part)) and not _STREET.search(match["town"]):
            return _as_town(match["town"])
    if parts and _STATE_AND_ZIP.match(parts[-1]):
        parts.pop()
        if not parts or re.search(r"\d", parts[-1]):
            return ""
    if not parts:
        return ""
    return _as_town(_POSTCODE_AT_END.sub("", parts[-1]))


def _as_town(text: str) -> str:
    town = text.strip(" -–.")
    known = _TOWN.fullmatch(town) and not _STREET.search(town) and len(town.split()) <= 5
    return capital(town) if known else ""
