"""What an editor refuses of a script that somebody else wrote, with the reason for each refusal.

Beyond the grounding check: it must be speakable in its time and in the language asked for, name
nothing that the property does not name, and hold no address, markup or talk about itself, which
is what texts that try to steer a writer would have it say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.quotes import small_words
from app.core.director.timing import fits, spoken_words, words_within
from app.core.grounding.ground import Finding, Ground, spoken_of
from app.core.grounding.steering import without_orders
from app.core.naming import agency_site
from app.core.text import clean
from common.folding import fold
from contracts.script import Scene

_ADDRESS = re.compile(r"https?:|www\.|\b[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*[.@][a-z]{2,}\b|@")
_PHONE = re.compile(r"\+?\d(?:[ .()-]{0,2}\d){7,}")
_OF_ITSELF = re.compile(
    r"\b(?:prompts?|instructions?|consignes?|json|chatgpt|gpt|openai|language models?"
    r"|modele de langage|as an ai|assistants?|javascript|plain_draft)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«\"“])\s*$")

#: A shorter sentence may come again in a film of many short scenes: "Autre regard sur la cuisine."
_FEWEST_REPEATED_WORDS = 8
#: Small words of the other language that a text may hold: "Park City, at home".
_FOREIGN_WORDS = 3
#: Currency signs that are set with letters: US$, £GB.
_CURRENCY_LETTERS = frozenset({"US", "GB", "CA"})


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a scene's text, or the title when `scene` is None, cannot be used."""

    scene: int | None
    reason: str

    def __str__(self) -> str:
        """Where and why, in one line."""
        return f"{'title' if self.scene is None else f'scene {self.scene}'}: {self.reason}"


def objections(brief: ScriptBrief, draft: ScriptDraft) -> list[Objection]:
    """Everything that an editor refuses; nothing when the script may be used."""
    ground, names = Ground(brief), _names_given(brief)
    found = [_ungrounded(finding) for finding in ground.ungrounded(draft.title)]
    told: set[str] = set()
    for scene in draft.scenes:
        for text in (scene.title, scene.narration, scene.on_screen_text):
            found += [_ungrounded(f) for f in ground.ungrounded(text, scene.index)]
        reasons = [
            *_unspeakable(scene, brief),
            *_unfit(scene, brief, ground, names),
            *_told(scene, told),
        ]
        found += [Objection(scene.index, reason) for reason in reasons]
    return found


def _ungrounded(finding: Finding) -> Objection:
    if finding.kind == "people":
        reason = f"“{finding.words}” speaks of people; speak of the property only"
    elif finding.kind == "number":
        reason = f"the number “{finding.words}” is not in the data as it is written here"
    else:
        reason = f"“{finding.words}” is not in the data"
    return Objection(finding.scene, reason)


def _unspeakable(scene: Scene, brief: ScriptBrief) -> Iterator[str]:
    language = brief.order.language
    if not scene.narration:
        yield "there is no narration"
    elif not fits(scene.narration, scene.duration_s, language):
        said, most = spoken_words(scene.narration), words_within(scene.duration_s, language)
        yield f"about {said} spoken words, and there is time for {most} (a number takes several)"


def _unfit(
    scene: Scene, brief: ScriptBrief, ground: Ground, names: frozenset[str]
) -> Iterator[str]:
    text = fold(scene.narration)
    french, english = small_words(ground.without_names(text))
    asked, other = (french, english) if brief.order.language == "fr" else (english, french)
    if other > max(_FOREIGN_WORDS, asked):
        yield f"it is not in the language asked for ({brief.order.language})"
    allowed = text.replace(fold(_phone_of(brief)), " ").replace(agency_site(brief.poi), " ")
    if match := _ADDRESS.search(allowed) or _PHONE.search(allowed):
        yield f"“{match[0]}” is no address or number of the agency"
    if match := _OF_ITSELF.search(text):
        yield f"“{match[0]}” is about the writing, not about the property"
    if clean(scene.narration) != " ".join(scene.narration.split()):
        yield "it holds markup or control characters"
    for name in _names_in(scene.narration):
        if fold(name) not in names and name not in _currency(brief):
            yield f"the name “{name}” is not in the data"


def _told(scene: Scene, told: set[str]) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?…])\s+", scene.narration):
        plain = fold(sentence).strip(" .!?…")
        if plain in told and len(plain.split()) >= _FEWEST_REPEATED_WORDS:
            yield f"“{sentence}” was said before"
        told.add(plain)


def _phone_of(brief: ScriptBrief) -> str:
    return clean((brief.poi.agency and brief.poi.agency.phone) or "") or "\0"


def _names_in(text: str) -> Iterator[str]:
    """Words with a capital that no sentence begins with; letters alone are energy classes."""
    for match in _WORD.finditer(text):
        word = match[0]
        elided = re.sub(r"^(?:[dljmnstc]|qu)['’]", "", word, flags=re.IGNORECASE)
        if not elided[:1].isupper() or len(elided) == 1:
            continue
        if not _SENTENCE_START.search(text[: match.start()]):
            yield elided


def _names_given(brief: ScriptBrief) -> frozenset[str]:
    """Every word of the property's own texts, folded, and the parts of compound ones."""
    poi, agency = brief.poi, brief.poi.agency
    texts = [
        *(poi.name, poi.address, poi.poi_type),
        *map(without_orders, spoken_of(brief)),
        *(asset.name for asset in brief.assets),
        *((str(agency.name or ""), str(agency.url or "")) if agency else ()),
    ]
    words = {fold(match[0]) for text in texts for match in _WORD.finditer(clean(text))}
    parts = {part for word in words for part in re.split(r"['’-]", word)}
    elided = {re.sub(r"^(?:[dljmnstc]|qu)'", "", word) for word in words}
    return frozenset(words | parts | elided)


def _currency(brief: ScriptBrief) -> frozenset[str]:
    """How the price's currency may be written with letters."""
    price = brief.poi.facts.price
    return _CURRENCY_LETTERS | {price.currency} if price else frozenset()
