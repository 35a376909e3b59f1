"""The unbranded cut of a film: nothing of the agency, and no call to turn to it.

American listing services take only such films: no name, telephone number, logo or address of an
agent or broker, and no call to action, drawn or said.
"""

import re

from app.film.titling import SEPARATOR, part_of
from contracts.script import Listing, Scene, ScenePart, Script

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")

#: Fewer digits are no telephone number.
_PHONE_DIGITS = 6


def unbranded(script: Script) -> Script:
    """The script without its agency: the closing card names the property, and nobody speaks."""
    listing = script.listing or Listing(name="")
    own = {listing.name.casefold(), listing.town.casefold(), script.title.casefold(), ""}
    marks = [mark for mark in _marks(script) if mark.casefold() not in own]
    scenes = tuple(
        (
            _closing(scene, script)
            if part_of(script, position) is ScenePart.CLOSING
            else _without(scene, marks)
        )
        for position, scene in enumerate(script.scenes)
    )
    bare = listing.model_copy(update={"agency": None}) if script.listing else None
    return script.model_copy(update={"scenes": scenes, "listing": bare})


def _marks(script: Script) -> list[str]:
    """What the agency is known by: its own data, and what the closing card says."""
    agency = script.listing.agency if script.listing else None
    marks = []
    if agency is not None:
        site = (agency.url.host or "") if agency.url else ""
        marks = [agency.name or "", agency.phone or "", str(agency.email or "")]
        marks += [str(agency.url or "").rstrip("/"), site, site.removeprefix("www.")]
    for position, scene in enumerate(script.scenes):
        if part_of(script, position) is ScenePart.CLOSING:
            marks += [scene.title, scene.on_screen_text]
    return [mark for mark in marks if mark]


def _closing(scene: Scene, script: Script) -> Scene:
    listing = script.listing
    title = listing.name if listing else script.title
    town = listing.town if listing else ""
    text = "" if town.casefold() in title.casefold() else town
    return scene.model_copy(update={"title": title, "on_screen_text": text, "narration": ""})


def _without(scene: Scene, marks: list[str]) -> Scene:
    """The scene without the sentences and pieces of text that an agency can be told from."""
    said = [each for each in _SENTENCE_END.split(scene.narration) if not _tells(each, marks)]
    shown = [each for each in SEPARATOR.split(scene.on_screen_text) if not _tells(each, marks)]
    return scene.model_copy(
        update={
            "title": "" if _tells(scene.title, marks) else scene.title,
            "narration": " ".join(said),
            "on_screen_text": " · ".join(shown),
        }
    )


def _tells(text: str, marks: list[str]) -> bool:
    folded, digits = text.casefold(), re.sub(r"\D", "", text)
    for mark in marks:
        number = re.sub(r"\D", "", mark)
        named = re.search(rf"(?<!\w){re.escape(mark.casefold())}(?!\w)", folded)
        if named or (len(number) >= _PHONE_DIGITS and number in digits):
            return True
    return False
