"""Sentences of the property's own texts that may be spoken as they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.brief import ScriptBrief
from app.core.director.timing import BREATH_S, LONGEST_S, SEEN_S, fits, spoken_words
from app.core.grounding.ground import Ground
from app.core.grounding.lexicon import QUALITIES, SURROUNDINGS, named_in
from app.core.grounding.numbers import numbers_in
from app.core.grounding.steering import gives_orders
from app.core.text import capital, clean, sentences
from app.core.voices.typography import typeset
from common.folding import fold
from contracts.script import Language

_FEWEST_WORDS = 3
#: Within these a sentence says what it is about: "A Victorian townhouse …".
_OPENING_WORDS = 3
#: Longer ones are not said over one picture.
_LONGEST_QUOTE_S = LONGEST_S - BREATH_S
_MOST_FEATURE_WORDS = 6

_FRENCH_WORDS = frozenset(
    (
        "le", "la", "les", "un", "une", "des", "du", "de", "et", "est", "avec", "dans", "sur",
        "pour", "au", "aux", "en", "a", "ce", "cette", "son", "sa", "ses", "qui", "que", "ne",
        "pas", "plus", "tres",
    )
)  # fmt: skip
_ENGLISH_WORDS = frozenset(
    (
        "the", "a", "an", "and", "is", "are", "with", "in", "on", "for", "of", "to", "this", "that",
        "its", "it", "has", "have", "from", "by", "at", "very",
    )
)  # fmt: skip
_UNSAFE = re.compile(
    r"https?:|www\.|@|\.(?:com|fr|net|org)\b|\+?\d(?:[ .-]?\d){8,}|[<>{}\[\]\\|`]|\w\("
    r"|\b(?:ignore|instructions?|prompts?|system|assistant|consigne|javascript|script|select)\b"
)
#: People who speak, and how speech hesitates: the words of a person, not of a narrator.
_SPOKEN_BY_SOMEONE = re.compile(
    r"\b(?:je|j'|moi|nous|notre|nos|mon|ma|mes|vous|votre|vos|tu|ton|i|i'm|we|we're|our|my|me|you"
    r"|your|euh|heu|ben|voila|donc|alors|um|uh|okay|ok|so|well|yeah|here we)\b"
)
_CLAUSE_END = re.compile(r",? (?:avec|donnant|offrant|ainsi que|with|offering|as well as) |\s?; ?")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, typeset, and the names of the concepts that it speaks of.

    `of_all` when it says what the property is as a whole, not where: "Villa contemporaine".
    """

    text: str
    subjects: frozenset[str]
    of_all: bool


def opens(quote: Quote, language: Language) -> bool:
    """Whether a film may open with a sentence, beside the name."""
    return quote.of_all and fits(quote.text, LONGEST_S - SEEN_S, language)


def quotes(brief: ScriptBrief, ground: Ground, kind: str) -> list[Quote]:
    """What the description, then the transcripts, say that may be said again, in order.

    `kind` is what the property is, in the script's language.
    """
    language = brief.order.language
    written = _fit(sentences(brief.poi.description), brief, ground)
    spoken = (
        text
        for transcript in brief.transcripts
        for text in _fit(sentences(transcript), brief, ground)
        if not _SPOKEN_BY_SOMEONE.search(fold(text))
    )
    unique = dict.fromkeys([*written, *spoken])
    return [_quote(text, language, kind) for text in unique]


def _quote(text: str, language: Language, kind: str) -> Quote:
    subjects = frozenset(concept.name for concept in named_in(text, language))
    named = fold(kind) in fold(" ".join(text.split()[:_OPENING_WORDS]))
    only_where = bool(subjects) and subjects <= SURROUNDINGS
    return Quote(text, subjects, named or (subjects <= QUALITIES and not only_where))


def spoken_features(brief: ScriptBrief, ground: Ground) -> list[str]:
    """The features in the script's language, as items of a list, each once, in order."""
    found = (_feature(feature, brief) for feature in brief.poi.facts.features)
    return [
        feature
        for feature in dict.fromkeys(found)
        if feature
        and spoken_words(feature) <= _MOST_FEATURE_WORDS
        and not _UNSAFE.search(fold(feature))
        and not gives_orders(feature)
        and not ground.ungrounded(feature)
    ]


def language_of(text: str) -> Language | None:
    """The language of a text by its small words, or the things it names; None when unsure."""
    french, english = small_words(text)
    if french == english:
        french, english = len(named_in(text, "fr")), len(named_in(text, "en"))
    if french == english:
        return "fr" if re.search("[éèêàçùôîœ]", text.lower()) else None
    return "fr" if french > english else "en"


def small_words(text: str) -> tuple[int, int]:
    """How many small words of French, and of English, a text holds."""
    words = re.findall(r"[a-z]+", fold(text))
    return sum(word in _FRENCH_WORDS for word in words), sum(w in _ENGLISH_WORDS for w in words)


def _fit(texts: Iterable[str], brief: ScriptBrief, ground: Ground) -> Iterator[str]:
    language = brief.order.language
    for text in dict.fromkeys(texts):
        if language_of(text) != language:
            continue
        for piece in (text, _main_clause(text)):
            said = _sentence(typeset(piece, language))
            if _may_be_said(said, brief, ground):
                yield said
                break


def _main_clause(text: str) -> str:
    """A long sentence up to where its main clause ends."""
    match = _CLAUSE_END.search(text, 25)
    return text[: match.start()] if match else text


def _sentence(text: str) -> str:
    stripped = text.rstrip(" ,;:–—-")
    return capital(stripped if stripped.endswith((".", "!", "?", "…", "»")) else f"{stripped}.")


def _may_be_said(text: str, brief: ScriptBrief, ground: Ground) -> bool:
    letters = [char for char in text if char.isalpha()]
    return (
        spoken_words(text) >= _FEWEST_WORDS
        and fits(text, _LONGEST_QUOTE_S, brief.order.language)
        and not _UNSAFE.search(fold(text))
        and not gives_orders(text)
        and sum(char.isupper() for char in letters) * 3 <= len(letters)
        and not _repeats_price(text, brief)
        and not ground.ungrounded(text)
    )


def _repeats_price(text: str, brief: ScriptBrief) -> bool:
    """The price has its own place in a film."""
    price = brief.poi.facts.price
    return price is not None and any(n.value == price.amount for n in numbers_in(text))


def _feature(feature: str, brief: ScriptBrief) -> str | None:
    language = brief.order.language
    text = typeset(clean(feature), language).rstrip(".!;:, ")
    spoken_in = language_of(text)
    concepts = named_in(text, "en" if language == "fr" else "fr")
    if spoken_in == language or (spoken_in is None and (named_in(text, language) or not concepts)):
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return next((label for concept in concepts if (label := concept.label(language))), None)
