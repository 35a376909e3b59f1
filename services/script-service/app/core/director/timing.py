"""How long words take, and how long each scene lasts: half seconds that add up to the film."""

from collections.abc import Callable, Sequence
from math import ceil, floor
from types import MappingProxyType

from contracts.script import Language

STEP_S = 0.5
SHORTEST_S = 2.0
#: What it takes to take a picture in, where there is time.
SEEN_S = 2.5
#: A scene that is looked at, not flicked through.
COMFORTABLE_S = 5.0
#: A still that is held longer is seen to be one.
LONGEST_S = 8.0
#: What a voice leaves silent around what it says of a picture.
BREATH_S = 0.5
#: What a calm voice speaks, in words per second. English: 150 a minute, as narration is counted.
#: French says the same in more words: of texts of equal content 195 words are read aloud in the
#: time of 228 English ones (Trauzettel-Klosinski & Dietz, "Standardized Assessment of Reading
#: Performance", IOVS 53, 2012), so about 130 a minute, which French studios count explanations by.
WORDS_PER_S = MappingProxyType[Language, float]({"en": 2.5, "fr": 2.2})


def most_pictures(duration_s: int) -> int:
    """How many pictures fit when each has its shortest time, and the closing card too."""
    return floor((duration_s - SHORTEST_S) / SHORTEST_S)


def wished_scenes(duration_s: int) -> int:
    """How many scenes a film of that length should have."""
    return max(3, round(duration_s / COMFORTABLE_S))


def shares(duration_s: float, weights: Sequence[float]) -> list[float]:
    """The seconds of each scene by weight, as long as nobody knows what will be said.

    Raises ValueError when not each can have `SHORTEST_S`.
    """
    seconds = [SHORTEST_S] * len(weights)
    return _filled(
        duration_s, seconds, lambda at: (seconds[at] < LONGEST_S, weights[at] / seconds[at])
    )


def lengths(duration_s: float, spoken: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The seconds of each scene, by the seconds that are `spoken` in it; their sum as asked.

    Each lasts as long as its words, and at least `SHORTEST_S`. What is left goes where the silence
    is the shortest for its weight: first to scenes without a breath or too short to be seen, last
    to those that have reached `LONGEST_S`. Raises ValueError when there is not time for all words.
    """
    seconds = [shortest(words_s) for words_s in spoken]

    def claim(at: int) -> tuple[bool, bool, float]:
        silence_s = max(0.0, seconds[at] - spoken[at])
        hurried = seconds[at] < SEEN_S or silence_s < BREATH_S
        return seconds[at] < LONGEST_S, hurried, weights[at] / (silence_s + STEP_S)

    return _filled(duration_s, seconds, claim)


def _filled(
    duration_s: float, seconds: list[float], claim: Callable[[int], tuple[float, ...]]
) -> list[float]:
    """The seconds, grown in place by steps up to the film's: each to the greatest claim."""
    left = round((duration_s - sum(seconds)) / STEP_S)
    if left < 0:
        raise ValueError(f"{len(seconds)} scenes of {sum(seconds)} s do not fit in {duration_s} s")
    for _ in range(left):
        seconds[max(range(len(seconds)), key=claim)] += STEP_S
    return seconds


def shortest(words_s: float) -> float:
    """The seconds of the shortest scene in which there is so much speech; never a long still."""
    return ceil(min(max(words_s, SHORTEST_S), LONGEST_S) / STEP_S) * STEP_S


def speech_s(text: str, language: Language) -> float:
    """How many seconds a calm voice takes to say a text."""
    return spoken_words(text) / WORDS_PER_S[language]


def words_within(duration_s: float, language: Language) -> int:
    """How many words a calm voice says in a time."""
    return floor(duration_s * WORDS_PER_S[language])


def fits(text: str, duration_s: float, language: Language) -> bool:
    """Whether a text can be spoken calmly within a scene."""
    return spoken_words(text) <= words_within(duration_s, language)


def spoken_words(text: str) -> int:
    """About how many words a voice says: a number takes about one per digit."""
    return sum(_spoken(token) for token in text.split())


def _spoken(token: str) -> int:
    digits = sum(char.isdigit() and char != "²" for char in token)
    if digits:
        return min(digits, 6)
    return 2 if "²" in token else int(any(char.isalpha() for char in token) or token in {"€", "$"})
