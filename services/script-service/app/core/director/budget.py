"""How long each shot may speak: the time of a film shared by what its shots have to say.

A picture alone is led to in a few words; what is written of it is worth more time than that.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.core.brief import ScriptBrief
from app.core.director.cutting import worth
from app.core.director.quotes import Quote, opens
from app.core.director.shots import Card, Shot
from app.core.director.timing import (
    BREATH_S,
    SEEN_S,
    SHORTEST_S,
    lengths,
    shortest,
    speech_s,
    spoken_words,
)
from app.core.naming import shown_agency, shown_name, town_of
from app.core.voices.voice import Fact, Voice
from contracts.script import ScenePart


class _Wish(NamedTuple):
    """So many seconds of words over a shot; what is no `extra` has its time first."""

    extra: bool
    words_s: float
    at: int


def budget(
    brief: ScriptBrief, voice: Voice, shots: Sequence[Shot], quotes: Sequence[Quote]
) -> list[float]:
    """The seconds planned for each shot; their sum is the film's.

    Where there is not time for everything, the shorter sentences are told: more of them are.
    """
    duration_s = brief.order.duration_s
    least_s = SEEN_S if SEEN_S * len(shots) <= duration_s else SHORTEST_S
    left_s = duration_s - least_s * len(shots)
    spoken = [SHORTEST_S] * len(shots)
    for _, words_s, at in sorted(_wishes(brief, voice, shots, quotes)):
        more_s = max(least_s, shortest(words_s)) - max(least_s, shortest(spoken[at]))
        if more_s <= left_s:
            spoken[at], left_s = words_s, left_s - more_s
    weights = [worth(shot.part, shot.room, brief.sight_of(shot.asset_id)) for shot in shots]
    return lengths(duration_s, spoken, weights)


def _wishes(
    brief: ScriptBrief, voice: Voice, shots: Sequence[Shot], quotes: Sequence[Quote]
) -> Iterator[_Wish]:
    """What shots have to say beside what they show."""
    untold = list(quotes)

    def told(text: str) -> float:
        return speech_s(text, voice.language) + BREATH_S

    for at, shot in enumerate(shots):
        if shot.card is not None:
            extra = shot.part is not ScenePart.FIGURES
            yield _Wish(extra=extra, words_s=told(_told_by(shot.card, voice)), at=at)
            continue
        lines = _lines(shot.part, brief, voice)
        for line in lines:
            yield _Wish(extra=False, words_s=told(line), at=at)
        if shot.part is ScenePart.HOOK:
            fitting = [quote for quote in untold if opens(quote, voice.language)]
        else:
            fitting = [quote for quote in untold if shot.subject in quote.subjects]
        if fitting and shot.part is not ScenePart.CLOSING:
            untold.remove(fitting[0])
            known_s = max(map(told, lines), default=0.0)
            yield _Wish(extra=True, words_s=known_s + told(fitting[0].text), at=at)


def _lines(part: ScenePart, brief: ScriptBrief, voice: Voice) -> Sequence[str]:
    """Ways to open or to close a film; nothing for a visit."""
    if part is ScenePart.HOOK:
        name, town = shown_name(brief.poi) or voice.kind, town_of(brief.poi.address)
        return voice.hook(name, town, brief.order.tone)
    if part is ScenePart.CLOSING:
        return voice.closing(shown_agency(brief.poi), "", brief.order.tone)
    return ()


def _told_by(card: Card, voice: Voice) -> str:
    """What a card says in the fewest words; of the key figures, which are drawn, the price."""
    if card.quote is not None:
        return card.quote.text
    if card.features:
        return min(voice.features(card.features), key=spoken_words)
    facts = [fact for fact in card.facts if card.name != "figures" or fact is Fact.PRICE]
    ways = [voice.facts()[fact].spoken for fact in facts]
    return " ".join(min(lines, key=spoken_words) for lines in ways if lines)
