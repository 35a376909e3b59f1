"""What is said over each shot: a lead to the room, then what the property has to say of it."""

from collections.abc import Iterable, Sequence

from app.core.brief import ScriptBrief
from app.core.director.choice import Chooser
from app.core.director.quotes import Quote
from app.core.director.storyboard import Card, Kind, Shot, Storyboard
from app.core.director.timing import WORDS_PER_S, fits, spoken_words
from app.core.director.typography import typeset
from app.core.director.voice import Fact, Voice
from app.core.lexicon import claims_in
from app.core.naming import shown_agency, shown_name, town_of
from app.core.text import clean, first_words, fold

#: The facts that a picture brings to mind.
FACTS_OF = {
    "exterior": (Fact.KIND, Fact.SURFACE, Fact.YEAR),
    "living_room": (Fact.SURFACE, Fact.ROOMS),
    "bedroom": (Fact.BEDROOMS,),
    "bathroom": (Fact.BATHROOMS,),
    "garden": (Fact.LAND,),
    "plan": (Fact.ROOMS, Fact.SURFACE, Fact.FLOOR),
}
_ANYWHERE = (Fact.SURFACE, Fact.ROOMS, Fact.BEDROOMS, Fact.FLOOR, Fact.YEAR, Fact.LAND)
#: Facts that wait for a picture of their own when one is to come.
_WAITS_FOR = {Fact.BEDROOMS: "bedroom", Fact.BATHROOMS: "bathroom", Fact.LAND: "garden"}
_MOST_PIECES = 3
#: A scene that has said this share of what its time allows has said enough.
_ENOUGH = 0.6


class Narrator:
    """Speaks shot by shot, and remembers what has been said."""

    def __init__(
        self,
        brief: ScriptBrief,
        voice: Voice,
        chooser: Chooser,
        storyboard: Storyboard,
        features: Sequence[str],
        quotes: Sequence[Quote],
    ) -> None:
        self._brief = brief
        self._voice = voice
        self._chooser = chooser
        self._facts = voice.facts()
        self._name = shown_name(brief.poi) or voice.kind
        self._to_come = [shot.subject for shot in storyboard.shots if shot.kind is Kind.PICTURE]
        carded = [shot.card for shot in storyboard.shots if shot.card]
        self._said: set[Fact] = set(storyboard.carded())
        on_cards = {feature for card in carded for feature in card.features}
        self._features = [feature for feature in features if feature not in on_cards]
        self._quotes = [q for q in quotes if q not in [card.quote for card in carded]]
        self._shown: set[str] = set()
        self._openers: set[str] = set()
        self._opened = False

    def narrate(self, shot: Shot, seconds: float, occasion: str) -> str:
        """What is said over a shot, short enough for its seconds."""
        pieces = _Pieces(seconds)
        if shot.kind is Kind.HOOK:
            self._open(pieces, occasion)
        elif shot.kind is Kind.CLOSING:
            self._close(pieces)
        elif shot.card is not None:
            self._tell(shot.card, pieces, occasion)
        else:
            self._show(shot.subject, pieces, occasion)
        return typeset(pieces.text, self._voice.language)

    def _open(self, pieces: "_Pieces", occasion: str) -> None:
        town = town_of(self._brief.poi.address)
        if fold(town) in fold(self._name):
            town = ""
        tone = self._brief.order.tone
        lines = [
            *self._voice.hook(self._name, town, tone),
            *(self._voice.hook(self._name, "", tone) if town else ()),
        ]
        if not self._add_one_of(lines[: len(lines)], pieces, occasion):
            words = max(1, pieces.left)
            pieces.add(f"{first_words(self._name, words)}.")
        self._add_facts((Fact.KIND, Fact.SURFACE), pieces, occasion)
        if not pieces.enough:
            self._add_quote(None, pieces)

    def _show(self, subject: str, pieces: "_Pieces", occasion: str) -> None:
        again = subject in self._shown
        self._to_come.remove(subject)
        leads = self._voice.room(
            subject, self._brief.order.tone, again=again, opening=not self._opened
        )
        self._opened = self._opened or subject != "exterior"
        self._shown.add(subject)
        if not self._add_quote(subject, pieces):
            self._add_one_of(leads, pieces, occasion)
            self._add_features(self._features_of(subject), pieces, occasion)
        self._add_facts(FACTS_OF.get(subject, ()), pieces, occasion)
        if not pieces.enough:
            self._add_quote(None, pieces)
        waiting = {fact for fact, room in _WAITS_FOR.items() if room in self._to_come}
        self._add_facts([f for f in _ANYWHERE if f not in waiting], pieces, occasion)
        if subject not in self._to_come and len(set(self._to_come)) <= 2:
            self._add_features(self._free_features(), pieces, occasion)

    def _tell(self, card: Card, pieces: "_Pieces", occasion: str) -> None:
        if card.quote is not None:
            pieces.add(card.quote.text)
        for fact in card.facts:
            self._say(fact, pieces, occasion)
        if Fact.ENERGY in card.facts and self.must_warn:
            pieces.add(f"{self._voice.excessive_energy}.")
        if card.features:
            self._add_features(card.features, pieces, occasion)
        if card.name == "place":
            town = town_of(self._brief.poi.address)
            self._add_one_of(self._voice.place(town), pieces, occasion)

    def _close(self, pieces: "_Pieces") -> None:
        self._add_facts((Fact.PRICE,), pieces, "closing")
        agency = self._brief.poi.agency
        phone = clean((agency and agency.phone) or "")
        lines = self._voice.closing(shown_agency(self._brief.poi), phone, self._brief.order.tone)
        for line in lines:
            if pieces.add(line):
                return

    @property
    def must_warn(self) -> bool:
        """Whether the law asks for the words on excessive energy consumption."""
        return self._brief.poi.facts.energy_class in {"F", "G"}

    def _add_one_of(self, lines: Sequence[str], pieces: "_Pieces", occasion: str) -> bool:
        """Adds a line that fits, one that does not begin like another before if there is one."""
        fitting = [line for line in lines if pieces.fits(line)]
        if not fitting:
            return False
        fresh = [line for line in fitting if line.split()[0] not in self._openers] or fitting
        line = self._chooser.choose(fresh, occasion)
        self._openers.add(line.split()[0])
        return pieces.add(line)

    def _add_facts(self, facts: Iterable[Fact], pieces: "_Pieces", occasion: str) -> None:
        for fact in facts:
            if fact not in self._said and not pieces.enough:
                self._say(fact, pieces, occasion)

    def _say(self, fact: Fact, pieces: "_Pieces", occasion: str) -> None:
        text = self._facts.get(fact)
        fitting = [line for line in text.spoken if pieces.fits(line)] if text else []
        fresh = [line for line in fitting if not pieces.begins_like(line)] or fitting
        if fresh:
            pieces.add(self._chooser.choose(fresh, f"{occasion} {fact}"))
            self._said.add(fact)

    def _add_quote(self, subject: str | None, pieces: "_Pieces") -> bool:
        """Adds a sentence about the subject, or one that waits for no picture to come."""
        coming = set(self._to_come)
        for quote in self._quotes:
            about = subject in quote.subjects if subject else not quote.subjects & coming
            if about and pieces.add(quote.text):
                self._quotes.remove(quote)
                return True
        return False

    def _features_of(self, subject: str) -> list[str]:
        return [feature for feature in self._features if subject in claims_in(feature)][:2]

    def _free_features(self) -> list[str]:
        coming = set(self._to_come)
        return [f for f in self._features if not claims_in(f) & coming]

    def _add_features(self, features: Sequence[str], pieces: "_Pieces", occasion: str) -> None:
        for count in range(min(len(features), 3), 0, -1):
            told = features[:count]
            if self._add_one_of(self._voice.features(told), pieces, f"{occasion} features"):
                self._features = [f for f in self._features if f not in told]
                return


class _Pieces:
    """Sentences of one narration, within its time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pieces: list[str] = []

    @property
    def text(self) -> str:
        """All of them."""
        return " ".join(self._pieces)

    @property
    def left(self) -> int:
        """Words that may still be said."""
        return int(self._seconds * WORDS_PER_S) - spoken_words(self.text)

    @property
    def enough(self) -> bool:
        """Whether the scene needs no more words."""
        spoken = spoken_words(self.text)
        return len(self._pieces) >= _MOST_PIECES or spoken >= self._seconds * WORDS_PER_S * _ENOUGH

    def fits(self, line: str) -> bool:
        """Whether there is time for it."""
        return fits(f"{self.text} {line}", self._seconds)

    def begins_like(self, line: str) -> bool:
        """Whether a sentence before it has the same subject."""
        return any(piece.split()[:2] == line.split()[:2] for piece in self._pieces)

    def add(self, line: str) -> bool:
        """Adds it if there is time."""
        if not self.fits(line):
            return False
        self._pieces.append(line)
        return True
