"""The English voice."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.core.brief import Tone
from app.core.grounding.lexicon import claims_in
from app.core.text import capital, describes
from app.core.voices import english_phrases as phrases
from app.core.voices.inventory import english_things
from app.core.voices.typography import money, number, surface
from app.core.voices.voice import Fact, FactText
from app.core.voices.words import spelled
from common.folding import fold
from contracts.poi import Facts, Poi
from contracts.script import Language


class English:
    """Speaks of one property (`voice.Voice`)."""

    language: Language = "en"
    excessive_energy = "Property with excessive energy consumption"
    by_appointment = "Viewings by appointment"

    def __init__(self, poi: Poi) -> None:
        self._given = poi.facts
        self._name = fold(poi.name)
        self._property = phrases.PROPERTIES.get(poi.poi_type, phrases.PROPERTY)
        self._slots = {
            "home": self._property.the,
            "Home": capital(self._property.the),
            "A_home": capital(self._property.a),
        }

    @property
    def kind(self) -> str:
        """What the property is, as a label."""
        return capital(self._property.text)

    @property
    def known_kind(self) -> str:
        """The same; "" where it would only say that it is a property."""
        return "" if self._property is phrases.PROPERTY else self.kind

    @property
    def deal(self) -> str:
        """For sale or to rent; "" when it is not known."""
        return {"sale": "for sale", "rent": "to rent"}.get(self._given.transaction or "", "")

    def hook(self, name: str, town: str, tone: Tone) -> Sequence[str]:
        """Ways to open."""
        common = name == self.kind or name.split(maxsplit=1)[0].lower() in phrases.COMMON_NOUNS
        common = common or describes(name)
        lines: Sequence[str]
        if not town:
            lines = ("{name}.",) if common else phrases.HOOKS[tone]
            if self.deal and (common or tone in phrases.DEALING):
                lines = (phrases.DEAL_HOOK_ALONE,)
        else:
            lines = phrases.HOOKS_OF_COMMON_NAMES[tone] if common else phrases.HOOKS_WITH_TOWN[tone]
        if town and self.deal and tone in phrases.DEALING:
            lines = (phrases.DEAL_HOOK, *lines)
        return [line.format(name=name, town=town, For_sale=capital(self.deal)) for line in lines]

    def room(
        self, subject: str, tone: Tone, *, again: bool, opening: bool, described: str = ""
    ) -> Sequence[str]:
        """Ways to lead to what a picture shows."""
        noun = phrases.ROOMS.get(subject)
        if noun is None:
            return self._said(phrases.NO_ROOM)
        counts = {"bedroom": self._given.bedrooms, "bathroom": self._given.bathrooms}
        the = noun.a if subject in counts and counts[subject] != 1 else noun.the
        barest = f"{capital(the)}."
        if self.tells(subject, described):  # "heated pool" is told as the room itself
            the = the.replace(noun.text, described)
        lines: Sequence[str] = [*phrases.MORE_LEADS.get(subject, ()), *phrases.LEADS[tone]]
        if again:
            lines = self._again(subject)
        elif opening:
            lines = phrases.OPENINGS.get(subject, phrases.ANY_OPENING)
        elif subject in phrases.OWN_LEADS:
            lines = phrases.OWN_LEADS[subject]
        in_the = f"{phrases.IN_THE.get(subject, 'in')} {the}"
        return [*self._said(lines, the=the, The=capital(the), in_the=in_the), barest]

    def _again(self, subject: str) -> Sequence[str]:
        counts = {"bedroom": self._given.bedrooms, "bathroom": self._given.bathrooms}
        if subject == phrases.EXTERIOR:
            return phrases.EXTERIOR_AGAIN
        if subject == phrases.PLAN:
            return phrases.PLAN_AGAIN
        count = counts.get(subject, 1)
        if count == 1:
            return phrases.AGAIN
        return phrases.SEVERAL_AGAIN[subject] if count else phrases.UNCOUNTED_AGAIN[subject]

    def tells(self, subject: str, feature: str) -> bool:
        """Whether a feature is the subject with an adjective."""
        noun = phrases.ROOMS.get(subject)
        named = noun is not None and feature.endswith(f" {noun.text}")
        return named and subject in claims_in(feature)

    def label(self, subject: str) -> str:
        """The subject as a title."""
        noun = phrases.ROOMS.get(subject)
        return capital(noun.text) if noun else "The tour"

    def is_thing(self, feature: str) -> bool:
        """Whether a feature can stand in a sentence."""
        return english_things([feature]) is not None

    def features(self, features: Sequence[str]) -> Sequence[str]:
        """Ways to say a few features in one sentence."""
        things = english_things(features)
        if things is not None:
            return self._said(phrases.THINGS, things=_listed(things))
        return self._said(phrases.FEATURES, list=_listed(features))

    def card_titles(self) -> Mapping[str, str]:
        """Titles of the drawn cards."""
        price = {"sale": "Asking price", "rent": "Rent"}.get(self._given.transaction or "", "Price")
        return {
            "figures": self.kind,
            "features": "Highlights",
            "price": price,
            "place": "Location",
            "story": capital(self._property.the),
        }

    def place(self, town: str) -> Sequence[str]:
        """Ways to say where it is."""
        return self._said(phrases.PLACE, town=town)

    def closing(self, agency: str, phone: str, tone: Tone) -> Sequence[str]:
        """Ways to ask for a visit."""
        if agency:
            lines = self._said(phrases.CALLS[tone], agency=agency)
            call = [f"To arrange a viewing, call {agency} on {phone}."] if phone else []
        else:
            lines = phrases.CALLS_WITHOUT_AGENCY[tone]
            call = [f"To arrange a viewing, call {phone}."] if phone else []
        return [*call, *lines, f"{self.by_appointment}."]

    def facts(self) -> Mapping[Fact, FactText]:
        """What is known, in words."""
        given = self._given
        found = {
            Fact.KIND: self._kind_text(),
            Fact.SURFACE: self._surface(given.surface_m2, phrases.SURFACE, "{s}"),
            Fact.LAND: self._surface(given.land_m2, phrases.LAND, "{s} of land"),
            Fact.ROOMS: self._count(given.rooms, "room", phrases.ROOMS_COUNT, ()),
            Fact.BEDROOMS: self._count(
                given.bedrooms, "bedroom", phrases.BEDROOMS, phrases.ONE_BEDROOM
            ),
            Fact.BATHROOMS: self._bathrooms(given.bathrooms),
            Fact.FLOOR: self._floor(given.floor),
            Fact.YEAR: self._year(given.year_built),
            Fact.PRICE: self._price(given),
            Fact.ENERGY: _energy(given),
        }
        return {fact: text for fact, text in found.items() if text is not None}

    def _said(self, lines: Sequence[str], **slots: str) -> tuple[str, ...]:
        return tuple(line.format(**self._slots, **slots) for line in lines)

    def _kind_text(self) -> FactText | None:
        """Shown, and spoken unless the name says it: "Villa Rose. For sale." is no sentence."""
        if not self.deal:
            return None
        named = fold(self._property.text) in self._name
        lines = () if named else self._said(phrases.KIND, for_sale=self.deal)
        return FactText(lines, f"{self.kind} {self.deal}")

    def _surface(self, value: Decimal | None, lines: Sequence[str], screen: str) -> FactText | None:
        if value is None:
            return None
        size = surface(value, "en")
        return FactText(self._said(lines, s=size), screen.format(s=size))

    def _count(
        self, count: int | None, noun: str, lines: Sequence[str], over: Sequence[str]
    ) -> FactText | None:
        if not count:
            return None
        if count == 1:
            return FactText(self._said((f"{{Home}} has one {noun}.",)), f"1 {noun}")
        words = spelled(count)
        spoken = self._said(lines, n=words, N=capital(words))
        return FactText(spoken, f"{number(count, 'en')} {noun}s", self._said(over, n=words))

    def _bathrooms(self, count: Decimal | None) -> FactText | None:
        """American half baths are said as they are given: 2.5 bathrooms."""
        if count is None or count < 1:
            return None
        if count == count.to_integral_value():
            return self._count(int(count), "bathroom", phrases.BATHROOMS, phrases.ONE_BATHROOM)
        said = number(count, "en")
        spoken = self._said(phrases.HALF_BATHS, n=said)
        return FactText(spoken, f"{said} bathrooms", spoken)

    def _floor(self, floor: int | None) -> FactText | None:
        if floor is None or floor < 0:
            return None
        level = "ground floor" if floor == 0 else f"{_ordinal(floor)} floor"
        said = self._said(("{Home} is on the {level}.",), level=level)
        return FactText(said, capital(level))

    def _year(self, year: int | None) -> FactText | None:
        if year is None or year < 1000:
            return None
        return FactText(self._said(phrases.YEAR, y=str(year)), f"Built in {year}")

    def _price(self, facts: Facts) -> FactText | None:
        if facts.price is None:
            return None
        amount = money(facts.price, "en")
        lines = phrases.PRICE[facts.transaction or ""]
        screen = f"Rent: {amount}" if facts.transaction == "rent" else amount
        return FactText(self._said(lines, p=amount), screen)


def _listed(items: Sequence[str]) -> str:
    return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else items[0]


def _energy(facts: Facts) -> FactText | None:
    energy, climate = facts.energy_class, facts.climate_class
    if energy and climate:
        return FactText(
            (f"Energy class {energy}, climate class {climate}.",),
            f"Energy {energy} · Climate {climate}",
        )
    if energy:
        return FactText((f"Energy class {energy}.",), f"Energy class {energy}")
    if climate:
        return FactText((f"Climate class {climate}.",), f"Climate class {climate}")
    return None


def _ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
