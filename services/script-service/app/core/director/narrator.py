"""What is said over each shot: a lead to the room, then what the property has to say of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.core.brief import ScriptBrief
from app.core.director.choice import Chooser
from app.core.director.pieces import Pieces
from app.core.director.quotes import Quote, opens
from app.core.director.shots import Card, Must, Storyboard
from app.core.director.storyboard import must_warn
from app.core.director.timing import BREATH_S, SEEN_S, shortest, speech_s, spoken_words
from app.core.grounding.lexicon import OUTDOOR, SURROUNDINGS, claims_in
from app.core.grounding.numbers import Number, numbers_in
from app.core.naming import shown_agency, shown_name, town_of
from app.core.text import clean, first_words
from app.core.voices.typography import typeset
from app.core.voices.voice import Fact, Voice
from common.folding import fold
from contracts.poi import Facts
from contracts.script import ScenePart

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
#: Counts that lead to one of the rooms counted.
_LEADING_FACTS = {"bedroom": Fact.BEDROOMS, "bathroom": Fact.BATHROOMS}
#: Pictures over which the whole property may be spoken of, and those where its surroundings may.
_OVERALL = frozenset({"exterior", "hallway", "living_room", "other", "plan"})
_OUTSIDE = frozenset(
    {"exterior", "terrace", "balcony", "patio", "courtyard", "garden", "pool", "view", "garage"}
)


class Narrator:
    """Speaks shot by shot, and remembers what has been said."""

    def __init__(
        self,
        brief: ScriptBrief,
        voice: Voice,
        chooser: Chooser,
        storyboard: Storyboard,
        *,
        features: Sequence[str],
        quotes: Sequence[Quote],
    ) -> None:
        self._brief = brief
        self._voice = voice
        self._storyboard = storyboard
        self._chooser = chooser
        self._facts = voice.facts()
        self._name = shown_name(brief.poi) or voice.kind
        self._to_come = [shot.subject for shot in storyboard.shots if shot.part is ScenePart.VISIT]
        carded = [shot.card for shot in storyboard.shots if shot.card]
        self._said: set[Fact] = set(storyboard.carded())
        on_cards = {feature for card in carded for feature in card.features}
        self._features = [feature for feature in features if feature not in on_cards]
        stories = [card.quote for card in carded if card.quote]
        self._features = [f for f in self._features if not any(_says(q, f) for q in stories)]
        self._quotes = [q for q in quotes if q not in stories]
        self._has_place_card = any(card.name == "place" for card in carded)
        self._shown: set[str] = set()
        self._said_at: dict[str, int] = {}
        self._openers: set[str] = set()
        self._opened = False
        self._spared_s = 0.0

    def narrate(self, index: int) -> str:
        """What is said over a shot, with the time that shots before it left; asked in order."""
        shot, planned_s = self._storyboard.shots[index], self._storyboard.seconds[index]
        pieces = Pieces(self._voice.language, planned_s, planned_s + self._spared_s)
        occasion = f"{shot.part} {index}"
        if shot.part is ScenePart.HOOK:
            self._open(pieces, occasion)
        elif shot.part is ScenePart.CLOSING:
            self._close(pieces)
        elif shot.card is not None:
            self._tell(shot.card, pieces, occasion)
        else:
            self._show(shot.subject, self._storyboard.musts.get(index), pieces, occasion)
        narration = typeset(pieces.text, self._voice.language)
        words_s = speech_s(narration, self._voice.language) + BREATH_S
        needed_s = shortest(max(words_s, min(SEEN_S, planned_s)))
        self._spared_s = max(0.0, self._spared_s + planned_s - needed_s)
        return narration

    def _open(self, pieces: Pieces, occasion: str) -> None:
        town = town_of(self._brief.poi.address)
        if fold(town) in fold(self._name) or self._has_place_card:
            town = ""
        tone = self._brief.order.tone
        with_town, without = (self._voice.hook(self._name, where, tone) for where in (town, ""))
        if not (
            self._add_one_of(with_town, pieces, occasion)
            or self._add_one_of(without, pieces, occasion)
        ):
            shorter = (first_words(self._name, words) for words in range(pieces.left, 0, -1))
            any(pieces.add(f"{name}.") for name in (*shorter, self._voice.kind))
        if self._voice.deal and fold(self._voice.deal) in fold(pieces.text):
            self._said.add(Fact.KIND)
        opening = [q for q in self._quotes if opens(q, self._voice.language)]
        if not _OUTSIDE & set(self._to_come):  # else told there
            opening += [q for q in self._quotes if q.subjects and q.subjects <= SURROUNDINGS]
        if self._add_first(pieces, opening):
            self._said.add(Fact.KIND)
        self._add_facts((Fact.KIND, Fact.SURFACE, Fact.YEAR), pieces, occasion)

    def _show(self, subject: str, must: Must | None, pieces: Pieces, occasion: str) -> None:
        self._to_come.remove(subject)
        required = self._required(must)
        pieces.reserve(required)
        if not self._add_quote_on(subject, pieces):
            self._lead_to(subject, pieces, occasion)
        self._opened = self._opened or subject != "exterior"
        self._shown.add(subject)
        pieces.add_reserved()
        self._add_features(self._features_of(subject), pieces, occasion)
        self._add_facts(FACTS_OF.get(subject, ()), pieces, occasion)
        self._add_free_quote(subject, pieces)
        if self._may_speak_of_all(subject):
            waiting = {fact for fact, room in _WAITS_FOR.items() if room in self._to_come}
            self._add_facts([f for f in _ANYWHERE if f not in waiting], pieces, occasion)
        if subject not in self._to_come:
            self._add_features(self._free_features(subject), pieces, occasion)

    def _may_speak_of_all(self, subject: str) -> bool:
        """Whether figures of the whole property suit here: in any room when none is better."""
        none_better = not _OVERALL & set(self._to_come)
        return subject in _OVERALL or (none_better and subject not in _OUTSIDE)

    def _required(self, must: Must | None) -> str:
        if must is None:
            return ""
        if must is Must.WARNING:
            return f"{self._voice.excessive_energy}."
        return min(self._facts[Fact(must.value)].spoken, key=spoken_words)

    def _lead_to(self, subject: str, pieces: Pieces, occasion: str) -> None:
        """A count of rooms leads to one of them; so does the room with its adjective."""
        fact = _LEADING_FACTS.get(subject)
        counted = self._facts.get(fact) if fact and fact not in self._said else None
        if counted and counted.over_picture and self._opened:
            lines = [*counted.over_picture, *counted.spoken]
            if self._add_one_of(lines, pieces, occasion):
                self._said |= {fact} if fact else set()
                return
        described = next((f for f in self._features if self._voice.tells(subject, f)), "")
        *leads, barest = self._voice.room(
            subject,
            self._brief.order.tone,
            again=subject in self._shown,
            opening=not self._opened,
            described=described,
        )
        if self._add_one_of(leads, pieces, occasion) or pieces.add(barest):
            if counted:  # the one bedroom is seen: that there is one goes without saying
                self._said |= {fact} if fact and not counted.over_picture else set()
            plain = fold(self._voice.label(subject))
            self._features = [
                f for f in self._features if f != described and fold(f) not in {plain, f"{plain}s"}
            ]

    def _tell(self, card: Card, pieces: Pieces, occasion: str) -> None:
        if card.quote is not None:
            pieces.add(card.quote.text)
        for fact in card.facts:
            self._say(fact, pieces, occasion)
        if Fact.ENERGY in card.facts and must_warn(self._brief):
            pieces.add(f"{self._voice.excessive_energy}.")
        if card.features:
            self._add_features(card.features, pieces, occasion)
        if card.name == "place":
            town = town_of(self._brief.poi.address)
            self._add_one_of(self._voice.place(town), pieces, occasion)
        if not pieces.text:
            pieces.add(f"{self._voice.card_titles().get(card.name, self._voice.kind)}.")

    def _close(self, pieces: Pieces) -> None:
        agency = self._brief.poi.agency
        phone = clean((agency and agency.phone) or "")
        lines = self._voice.closing(shown_agency(self._brief.poi), phone, self._brief.order.tone)
        for line in lines:
            if pieces.add(line):
                return

    def _add_one_of(self, lines: Sequence[str], pieces: Pieces, occasion: str) -> bool:
        """Adds a line that fits, as unlike what was said before as there is."""
        fitting = [line for line in lines if pieces.fits(line)]
        if not fitting:
            return False
        other = [line for line in fitting if not pieces.begins_like(line)] or fitting
        longest_ago = min(self._said_at.get(line, 0) for line in other)
        new = [line for line in other if self._said_at.get(line, 0) == longest_ago]
        fresh = [line for line in new if line.split()[0] not in self._openers] or new
        line = self._chooser.choose(fresh, occasion)
        self._said_at[line] = max(self._said_at.values(), default=0) + 1
        self._openers.add(line.split()[0])
        return pieces.add(line)

    def _add_facts(self, facts: Iterable[Fact], pieces: Pieces, occasion: str) -> None:
        for fact in facts:
            if fact not in self._said and not pieces.enough:
                self._say(fact, pieces, occasion)

    def _say(self, fact: Fact, pieces: Pieces, occasion: str) -> bool:
        text = self._facts.get(fact)
        fitting = [line for line in text.spoken if pieces.fits(line)] if text else []
        fresh = [line for line in fitting if not pieces.begins_like(line)] or fitting
        if fresh:
            pieces.add(self._chooser.choose(fresh, f"{occasion} {fact}"))
            self._said.add(fact)
        return bool(fresh)

    def _add_quote_on(self, subject: str, pieces: Pieces) -> bool:
        """Adds a sentence about what the picture shows."""
        return self._add_first(pieces, [q for q in self._quotes if subject in q.subjects])

    def _add_free_quote(self, subject: str, pieces: Pieces) -> None:
        """Adds a sentence that waits for no picture: on the whole property where it suits."""
        if pieces.enough:
            return
        coming = set(self._to_come)
        free = [q for q in self._quotes if not q.subjects & coming]
        if subject in _OUTSIDE:
            self._add_first(pieces, [q for q in free if q.subjects & (OUTDOOR | SURROUNDINGS)])
        elif subject in _OVERALL:
            self._add_first(pieces, [q for q in free if not q.subjects & SURROUNDINGS])

    def _add_first(self, pieces: Pieces, quotes: Sequence[Quote]) -> bool:
        quote = next((quote for quote in quotes if pieces.add(quote.text)), None)
        if quote is None:
            return False
        self._quotes = [kept for kept in self._quotes if kept is not quote]
        self._features = [f for f in self._features if not _says(quote, f)]
        self._said |= _facts_said(quote, self._brief.poi.facts)
        return True

    def _features_of(self, subject: str) -> list[str]:
        plain = fold(self._voice.label(subject))
        about = [f for f in self._features if subject in claims_in(f) and plain not in fold(f)]
        return about[:2]

    def _free_features(self, subject: str) -> list[str]:
        """Features that no picture to come shows, where they suit: a lift is no part of a pool."""
        coming = set(self._to_come)
        things = [f for f in self._features if self._voice.is_thing(f)]
        told_later = [f for f in things if any(_says(quote, f) for quote in self._quotes)]
        free = [f for f in things if f not in told_later and not claims_in(f) & coming]
        if subject in _OVERALL:
            return free
        return [f for f in free if subject in _OUTSIDE and claims_in(f) & OUTDOOR]

    def _add_features(self, features: Sequence[str], pieces: Pieces, occasion: str) -> None:
        for count in range(min(len(features), 3), 0, -1):
            told = features[:count]
            if self._add_one_of(self._voice.features(told), pieces, f"{occasion} features"):
                self._features = [f for f in self._features if f not in told]
                return


def _says(quote: Quote, feature: str) -> bool:
    """Whether a sentence has said all that a feature says."""
    claims = claims_in(feature)
    return bool(claims) and claims <= quote.subjects


def _facts_said(quote: Quote, facts: Facts) -> set[Fact]:
    """The counts and sizes that a sentence has told already."""
    told = numbers_in(quote.text)
    given = {
        Fact.SURFACE: (facts.surface_m2, "m2"),
        Fact.LAND: (facts.land_m2, "m2"),
        Fact.ROOMS: (facts.rooms, "room"),
        Fact.BEDROOMS: (facts.bedrooms, "bedroom"),
        Fact.BATHROOMS: (facts.bathrooms, "bathroom"),
    }
    return {
        fact
        for fact, (value, unit) in given.items()
        if value is not None and Number(Decimal(value), unit) in told
    }
