"""The French voice."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.core.brief import Tone
from app.core.grounding.lexicon import claims_in
from app.core.text import capital, describes
from app.core.voices import french_phrases as phrases
from app.core.voices.inventory import after_de, french_things
from app.core.voices.typography import money, number, surface
from app.core.voices.voice import Fact, FactText
from app.core.voices.words import Nom, en_lettres
from common.folding import fold
from contracts.poi import Facts, Poi
from contracts.script import Language


class French:
    """Speaks of one property (`voice.Voice`)."""

    language: Language = "fr"
    #: Code de la construction et de l'habitation: what an advertisement of class F or G says.
    excessive_energy = "Logement à consommation énergétique excessive"
    by_appointment = "Visite sur rendez-vous"

    def __init__(self, poi: Poi) -> None:
        self._given = poi.facts
        self._name = fold(poi.name)
        self._property = phrases.PROPERTIES.get(poi.poi_type, phrases.PROPERTY)
        self._slots = _property_slots(self._property)

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
        """À vendre or à louer; "" when it is not known."""
        return {"sale": "à vendre", "rent": "à louer"}.get(self._given.transaction or "", "")

    def hook(self, name: str, town: str, tone: Tone) -> Sequence[str]:
        """Ways to open."""
        first_word = fold(name.split(maxsplit=1)[0])
        article = phrases.ARTICLES_OF_NAMES.get(first_word)
        slots = {"name": name, "la_name": f"{article} {name}" if article else name}
        common = name == self.kind or first_word in phrases.COMMON_NOUNS or describes(name)
        if not town:
            plain = ("{name}.",) if common else phrases.HOOKS[tone]
            if self.deal and (common or tone in phrases.DEALING):
                plain = (phrases.DEAL_HOOK_ALONE,)
            return [line.format(**slots, A_vendre=capital(self.deal)) for line in plain]
        at = _at_town(town)
        lines = phrases.HOOKS_OF_COMMON_NAMES if common else phrases.HOOKS_WITH_TOWN
        told = lines[tone]
        if self.deal and tone in phrases.DEALING:
            told = (phrases.DEAL_HOOK, *told)
        slots |= {"town": town, "a_town": at, "A_town": capital(at)}
        return [line.format(**slots, A_vendre=capital(self.deal)) for line in told]

    def room(
        self, subject: str, tone: Tone, *, again: bool, opening: bool, described: str = ""
    ) -> Sequence[str]:
        """Ways to lead to what a picture shows."""
        noun = phrases.ROOMS.get(subject)
        if noun is None:
            return self._said(phrases.NO_ROOM)
        several = self._is_one_of_several(subject)
        barest = f"{_room_slots(noun, one_of_several=several)['La']}."
        if self.tells(subject, described):  # "piscine chauffée" is told as the room itself
            noun = Nom(described, feminine=noun.feminine)
        slots = _room_slots(noun, one_of_several=several)
        lines: Sequence[str] = [*phrases.MORE_LEADS.get(subject, ()), *phrases.LEADS[tone]]
        if again:
            lines = phrases.ROOM_AGAIN.get(subject, phrases.AGAIN)
        elif opening:
            lines = phrases.OPENINGS.get(subject, phrases.ANY_OPENING)
        elif subject in phrases.OWN_LEADS:
            lines = phrases.OWN_LEADS[subject]
        return [*self._said(lines, **slots), barest]

    def tells(self, subject: str, feature: str) -> bool:
        """Whether a feature is the subject with an adjective."""
        noun = phrases.ROOMS.get(subject)
        named = noun is not None and feature.startswith(f"{noun.text} ")
        return named and subject in claims_in(feature)

    def label(self, subject: str) -> str:
        """The subject as a title."""
        noun = phrases.ROOMS.get(subject)
        return capital(noun.text) if noun else "La visite"

    def is_thing(self, feature: str) -> bool:
        """Whether a feature can stand in a sentence."""
        return french_things([feature]) is not None

    def features(self, features: Sequence[str]) -> Sequence[str]:
        """Ways to say a few features in one sentence."""
        things = french_things(features)
        if things is not None:
            after = _listed([after_de(thing) for thing in things])
            return self._said(phrases.THINGS, choses=_listed(things), des_choses=after)
        return self._said(phrases.FEATURES, list=_listed(features))

    def card_titles(self) -> Mapping[str, str]:
        """Titles of the drawn cards."""
        return {
            "figures": self.kind,
            "features": "Les atouts",
            "price": {"sale": "Prix de vente", "rent": "Loyer"}.get(
                self._given.transaction or "", "Prix"
            ),
            "place": "La situation",
            "story": capital(self._property.le),
        }

    def place(self, town: str) -> Sequence[str]:
        """Ways to say where it is."""
        return self._said(phrases.PLACE, at=_at_town(town))

    def closing(self, agency: str, phone: str, tone: Tone) -> Sequence[str]:
        """Ways to ask for a visit."""
        if not agency:
            without = phrases.CALLS_WITHOUT_AGENCY[tone]
            call = [f"Pour visiter, appelez le {phone}."] if phone else []
            return [*call, *without, f"{self.by_appointment}."]
        named = f"l’{agency}" if agency.lower().startswith("agence") else agency
        lines = self._said(phrases.CALLS[tone], agency=named)
        call = [f"Pour visiter, contactez {named} au {phone}."] if phone else []
        return [*call, *lines, f"{self.by_appointment}."]

    def facts(self) -> Mapping[Fact, FactText]:
        """What is known, in words."""
        found = {
            Fact.KIND: self._kind_text(),
            Fact.SURFACE: self._surface(self._given.surface_m2, phrases.SURFACE, "{s}"),
            Fact.LAND: self._surface(self._given.land_m2, phrases.LAND, "Terrain de {s}"),
            Fact.ROOMS: self._count(self._given.rooms, "pièce", phrases.ROOMS_COUNT, ()),
            Fact.BEDROOMS: self._count(
                self._given.bedrooms, "chambre", phrases.BEDROOMS, phrases.ONE_BEDROOM
            ),
            Fact.BATHROOMS: self._bathrooms(self._given.bathrooms),
            Fact.FLOOR: self._floor(self._given.floor),
            Fact.YEAR: self._year(self._given.year_built),
            Fact.PRICE: self._price(self._given),
            Fact.ENERGY: _energy(self._given),
        }
        return {fact: text for fact, text in found.items() if text is not None}

    def _is_one_of_several(self, subject: str) -> bool:
        counts = {"bedroom": self._given.bedrooms, "bathroom": self._given.bathrooms}
        return subject in counts and counts[subject] != 1

    def _said(self, lines: Sequence[str], **slots: str) -> tuple[str, ...]:
        return tuple(line.format(**self._slots, **slots) for line in lines)

    def _kind_text(self) -> FactText | None:
        """Shown, and spoken unless the name says it: « Villa Rose. À vendre. » is no sentence."""
        if not self.deal:
            return None
        named = fold(self._property.text) in self._name
        lines = () if named else self._said(phrases.KIND, a_vendre=self.deal)
        return FactText(lines, f"{self.kind} {self.deal}")

    def _surface(self, value: Decimal | None, lines: Sequence[str], screen: str) -> FactText | None:
        if value is None:
            return None
        size = surface(value, "fr")
        return FactText(self._said(lines, s=size), screen.format(s=size))

    def _count(
        self, count: int | None, noun: str, lines: Sequence[str], over: Sequence[str]
    ) -> FactText | None:
        if not count:
            return None
        if count == 1:
            return FactText(self._said((f"{{Le_bien}} compte une {noun}.",)), f"1 {noun}")
        words = en_lettres(count)
        spoken = self._said(lines, n=words, N=capital(words))
        plural = f"{noun}s" if " " not in noun else noun.replace(" ", "s ", 1)
        return FactText(spoken, f"{number(count, 'fr')} {plural}", self._said(over, n=words))

    def _bathrooms(self, count: Decimal | None) -> FactText | None:
        if count is None or count < 1:
            return None
        if count == count.to_integral_value():
            return self._count(int(count), "salle de bain", phrases.BATHROOMS, phrases.ONE_BATHROOM)
        noun = "salles de bain" if count >= 2 else "salle de bain"
        return FactText((), f"{number(count, 'fr')} {noun}")

    def _floor(self, floor: int | None) -> FactText | None:
        if floor is None or floor < 0:
            return None
        if floor == 0:
            said = self._said(("{Le_bien} se situe au rez-de-chaussée.",))
            return FactText(said, "Rez-de-chaussée")
        level = "1er étage" if floor == 1 else f"{floor}e étage"
        return FactText(self._said(("{Le_bien} se situe au {level}.",), level=level), level)

    def _year(self, year: int | None) -> FactText | None:
        if year is None or year < 1000:
            return None
        return FactText(self._said(phrases.YEAR, y=str(year)), f"Construction : {year}")

    def _price(self, facts: Facts) -> FactText | None:
        if facts.price is None:
            return None
        amount = money(facts.price, "fr")
        lines = phrases.PRICE[facts.transaction or ""]
        screen = f"Loyer : {amount}" if facts.transaction == "rent" else amount
        return FactText(self._said(lines, p=amount), screen)


def _energy(facts: Facts) -> FactText | None:
    energy, climate = facts.energy_class, facts.climate_class
    if energy and climate:
        return FactText(
            (f"Classe énergie {energy}, classe climat {climate}.",),
            f"Énergie {energy} · Climat {climate}",
        )
    if energy:
        return FactText((f"Classe énergie {energy}.",), f"Classe énergie {energy}")
    if climate:
        return FactText((f"Classe climat {climate}.",), f"Classe climat {climate}")
    return None


def _property_slots(noun: Nom) -> dict[str, str]:
    return {
        "le_bien": noun.le,
        "Le_bien": capital(noun.le),
        "du_bien": noun.du,
        "Un_bien": capital(noun.un),
        "Ce_bien": capital(noun.ce),
        "e": noun.e,
    }


def _room_slots(noun: Nom, *, one_of_several: bool) -> dict[str, str]:
    if one_of_several:
        return {"la": noun.un, "La": capital(noun.un), "a_la": f"à {noun.un}"}
    return {"la": noun.le, "La": capital(noun.le), "a_la": noun.au}


def _listed(items: Sequence[str]) -> str:
    return " et ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else items[0]


def _at_town(town: str) -> str:
    """ "À" with a town, contracted: au Havre, aux Sables-d'Olonne."""
    if town.startswith("Le "):
        return f"au {town[3:]}"
    if town.startswith("Les "):
        return f"aux {town[4:]}"
    return f"à {town}"
