"""What a language model is told to write a script: the trade's rules, and the facts as data.

The rules are ours and stand in the instructions. Everything that a property says stands in the
user's message as one JSON document between tags whose name is drawn anew each time. No text can
close the document (JSON escapes quotes, `<` and `>` are escaped too) or name the tag, and the
rules say that nothing in it is an order. Whether the answer kept to that, `core.review` checks.
"""

import json
import re
import secrets
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.cutting import cut, planned
from app.core.director.timing import words_within
from app.core.grounding.steering import without_orders
from app.core.naming import shown_agency, shown_name, town_of
from app.core.prompt_rules import RULES, TONES
from app.core.review import Objection
from app.core.text import clean
from app.core.voices.typography import typeset
from contracts.script import Scene

#: Far more than anybody says on a walk-through of a house, and a bound on what a call costs.
_MOST_TRANSCRIPT_CHARS = 6_000
#: Below the limit that is checked: models count words generously, and voices slow down.
_ASKED_SHARE = 0.9


class SceneWords(BaseModel):
    """What is said over one scene."""

    index: int
    narration: str


class ScriptWords(BaseModel):
    """What a model writes: one narration for each scene of the plan."""

    scenes: list[SceneWords]


def instructions(brief: ScriptBrief) -> str:
    """The rules, in the language of the script."""
    order = brief.order
    return RULES[order.language].format(tone=TONES[order.language][order.tone])


def request(brief: ScriptBrief, plan: ScriptDraft) -> str:
    """The user's message: the facts and the plan of the film, as data between tags."""
    mark = secrets.token_hex(6)
    document = json.dumps(_document(brief, plan), ensure_ascii=False, indent=1)
    quoted = document.replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<data-{mark}>\n{quoted}\n</data-{mark}>\n\n{_TASK[brief.order.language]}"


def corrections(brief: ScriptBrief, found: Sequence[Objection]) -> str:
    """The message of the repair round: what cannot stay, scene by scene."""
    listed = "\n".join(f"- {objection}" for objection in found)
    return _CORRECTIONS[brief.order.language].format(listed=listed)


def with_words(brief: ScriptBrief, plan: ScriptDraft, words: ScriptWords) -> ScriptDraft:
    """The plan with the model's words, cleaned and set, and cut to them.

    A scene without words stays silent.
    """
    language = brief.order.language
    spoken = {scene.index: scene.narration for scene in words.scenes}
    scenes = tuple(
        scene.model_copy(
            update={"narration": typeset(_one_line(spoken.get(scene.index, "")), language)}
        )
        for scene in plan.scenes
    )
    return ScriptDraft(plan.title, cut(brief, scenes))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _document(brief: ScriptBrief, plan: ScriptDraft) -> dict[str, Any]:
    poi = brief.poi
    transcripts = " ".join(without_orders(text) for text in brief.transcripts)
    return {
        "film": {"language": brief.order.language, "duration_s": brief.order.duration_s},
        "property": {
            "name": shown_name(poi),
            "type": poi.poi_type,
            "town": town_of(poi.address),
            "facts": poi.facts.model_dump(mode="json", exclude_none=True, exclude={"features"}),
            "features": [told for text in poi.facts.features if (told := without_orders(text))],
            "tags": [told for text in poi.tags if (told := without_orders(text))],
            "description": without_orders(poi.description),
            "said_on_the_walk_through": transcripts[:_MOST_TRANSCRIPT_CHARS],
        },
        "agency": {
            "name": shown_agency(poi),
            "phone": clean((poi.agency and poi.agency.phone) or ""),
        },
        "scenes": [
            _planned(scene, words_within(seconds * _ASKED_SHARE, brief.order.language))
            for scene, seconds in zip(plan.scenes, planned(brief, plan.scenes), strict=True)
        ],
    }


def _planned(scene: Scene, words: int) -> dict[str, Any]:
    return {
        "index": scene.index,
        "part": scene.part,
        "room": scene.room if scene.asset_id else None,
        "most_words": max(3, words),
        "on_screen_text": scene.on_screen_text,
        "plain_draft": scene.narration,
    }


_TASK = MappingProxyType(
    {
        "fr": "Écrivez maintenant la narration de chaque scène, en français.",
        "en": "Now write the narration of every scene, in English.",
    }
)

_CORRECTIONS = MappingProxyType(
    {
        "fr": (
            "La relecture refuse ce qui suit :\n{listed}\n\nRendez toutes les scènes, corrigées :"
            " retirez ce qui est refusé ou remplacez-le par ce que disent les données ; gardez"
            " le reste."
        ),
        "en": (
            "The editor refuses the following:\n{listed}\n\nGive all scenes again, corrected:"
            " leave out what is refused or replace it by what the data says; keep the rest."
        ),
    }
)
