"""What the cards of a film draw of a property, set in the script's language.

Everything comes from the property's facts as given, whoever writes the script.
"""

from types import MappingProxyType

from app.core.brief import ScriptBrief
from app.core.naming import shown_agency, shown_name, town_of
from app.core.text import capital, clean
from app.core.voices.speaking import voice_of
from app.core.voices.typography import money, surface, typeset
from app.core.voices.voice import Fact, Voice
from contracts.poi import Agency, Poi
from contracts.script import Figure, Listing

#: Sizes and years, by language; a count brings its own label ("3 chambres").
_LABELS = MappingProxyType(
    {
        "fr": {Fact.SURFACE: "Surface", Fact.LAND: "Terrain", Fact.YEAR: "Construction"},
        "en": {Fact.SURFACE: "Floor area", Fact.LAND: "Land", Fact.YEAR: "Year built"},
    }
)
_COUNTED = (Fact.ROOMS, Fact.BEDROOMS, Fact.BATHROOMS, Fact.FLOOR)
_ORDER = (
    Fact.SURFACE, Fact.LAND, Fact.ROOMS, Fact.BEDROOMS, Fact.BATHROOMS, Fact.FLOOR, Fact.YEAR,
)  # fmt: skip


def listing_of(brief: ScriptBrief) -> Listing:
    """What is known of a property, in words and letters to be drawn."""
    poi, language = brief.poi, brief.order.language
    voice = voice_of(poi, language)
    facts, price = voice.facts(), None
    if poi.facts.price is not None:
        label = voice.card_titles()["price"]
        price = Figure(label=label, value=money(poi.facts.price, language))
    energy = poi.facts.energy_class
    return Listing(
        name=typeset(shown_name(poi) or voice.kind, language),
        town=town_of(poi.address),
        offer=facts[Fact.KIND].screen if Fact.KIND in facts else voice.known_kind,
        price=price,
        figures=tuple(
            figure for fact in _ORDER if (figure := _figure(fact, voice, poi)) is not None
        ),
        energy_class=energy,
        climate_class=poi.facts.climate_class,
        energy_notice=voice.excessive_energy if energy in {"F", "G"} else "",
        agency=_agency(poi),
    )


def _figure(fact: Fact, voice: Voice, poi: Poi) -> Figure | None:
    known = voice.facts().get(fact)
    if known is None:
        return None
    if fact in _COUNTED:
        value, _, label = known.screen.partition(" ")
        return Figure(label=capital(label), value=value) if label and value[0].isdigit() else None
    size = poi.facts.surface_m2 if fact is Fact.SURFACE else poi.facts.land_m2
    label = _LABELS[voice.language][fact]
    if fact is Fact.YEAR:
        return Figure(label=label, value=str(poi.facts.year_built))
    return Figure(label=label, value=surface(size, voice.language)) if size is not None else None


def _agency(poi: Poi) -> Agency | None:
    """The agency as it is drawn: its name and telephone number on one clean line each."""
    given = poi.agency
    if given is None:
        return None
    shown = Agency(
        name=shown_agency(poi) or None,
        phone=clean(given.phone or "") or None,
        email=given.email,
        url=given.url,
    )
    return shown if any((shown.name, shown.phone, shown.email, shown.url)) else None
