"""What is written on each shot: its title, and at most eight words on the screen."""

from collections.abc import Iterable, Sequence

from app.core.brief import ScriptBrief
from app.core.director.narrator import FACTS_OF
from app.core.director.quotes import Quote
from app.core.director.shots import Card, Must, Shot, Storyboard
from app.core.director.storyboard import must_warn
from app.core.grounding.lexicon import claims_in
from app.core.naming import ON_SCREEN_WORDS, agency_site, shown_agency, shown_name, town_of
from app.core.text import capital, clean, first_words
from app.core.voices.typography import typeset
from app.core.voices.voice import Fact, Voice
from common.folding import fold
from contracts.script import ScenePart

_SEPARATOR = " · "


class Titles:
    """Writes shot by shot, and remembers what has been shown."""

    def __init__(
        self,
        brief: ScriptBrief,
        voice: Voice,
        storyboard: Storyboard,
        features: Sequence[str],
    ) -> None:
        self._poi = brief.poi
        self._voice = voice
        self._facts = voice.facts()
        self._features = list(features)
        self._name = shown_name(brief.poi) or voice.kind
        self._shown: set[Fact] = set(storyboard.carded())
        self._musts = storyboard.musts
        self._warns = must_warn(brief)

    def film(self) -> str:
        """The title of the script."""
        town = self._town_apart()
        return typeset(f"{self._name} – {town}" if town else self._name, self._voice.language)

    def of(self, index: int, shot: Shot) -> tuple[str, str]:
        """The title and the on-screen text of a shot."""
        title, text = self._written(index, shot)
        language = self._voice.language
        return typeset(title, language), first_words(typeset(text, language), ON_SCREEN_WORDS)

    def _written(self, index: int, shot: Shot) -> tuple[str, str]:
        if shot.part is ScenePart.HOOK:
            return self._name, self._opening()
        if shot.part is ScenePart.CLOSING:
            return shown_agency(self._poi) or self._name, self._contact()
        if shot.card is not None:
            return self._card(shot.card)
        label = self._voice.label(shot.subject)
        if must := self._musts.get(index):
            return label, self._must(must)
        return label, self._fact_or_feature(shot.subject) or label

    def _opening(self) -> str:
        town = self._town_apart()
        both = f"{self._name}{_SEPARATOR}{town}"
        return both if town and len(both.split()) <= ON_SCREEN_WORDS else self._name

    def _town_apart(self) -> str:
        """The town, unless the name says it already."""
        town = town_of(self._poi.address)
        return "" if fold(town) in fold(self._name) else town

    def _contact(self) -> str:
        agency = self._poi.agency
        if agency and agency.phone:
            phone = clean(agency.phone)
            if any(char.isdigit() for char in phone) and len(phone.split()) <= ON_SCREEN_WORDS:
                return phone
        return agency_site(self._poi) or self._voice.by_appointment

    def _card(self, card: Card) -> tuple[str, str]:
        titles = self._voice.card_titles()
        title = titles.get(card.name, self._voice.kind)
        if card.name == "place":
            return title, town_of(self._poi.address)
        if card.features:
            return title, _joined(capital(feature) for feature in card.features)
        if card.quote is not None:
            return self._story(card.quote, title)
        text = _joined(self._facts[fact].screen for fact in card.facts if fact is not Fact.ENERGY)
        if Fact.ENERGY not in card.facts:
            return title, text
        energy = self._facts[Fact.ENERGY].screen
        return energy, self._voice.excessive_energy if self._warns else text or title

    def _story(self, quote: Quote, title: str) -> tuple[str, str]:
        """A sentence is heard, not read: the card names its subject, or what the property is."""
        subjects = () if quote.of_all else sorted(quote.subjects)
        told = [self._voice.label(subject) for subject in subjects]
        label = next((label for label in told if label != self._voice.label("other")), title)
        kind = self._facts.get(Fact.KIND)
        return label, kind.screen if kind else self._name

    def _fact_or_feature(self, subject: str) -> str | None:
        for feature in self._features:
            if subject in claims_in(feature) and len(feature.split()) <= ON_SCREEN_WORDS:
                self._features.remove(feature)
                return capital(feature)
        for fact in FACTS_OF.get(subject, ()):
            if fact in self._facts and fact not in self._shown:
                self._shown.add(fact)
                return self._facts[fact].screen
        return None

    def _must(self, must: Must) -> str:
        if must is Must.WARNING:
            return self._voice.excessive_energy
        return self._facts[Fact(must.value)].screen


def _joined(texts: Iterable[str]) -> str:
    """As many texts as fit on the screen."""
    joined = ""
    for text in texts:
        longer = f"{joined}{_SEPARATOR}{text}" if joined else text
        if len(longer.split()) > ON_SCREEN_WORDS:
            break
        joined = longer
    return joined
