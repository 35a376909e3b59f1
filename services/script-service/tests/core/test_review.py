from typing import Any

import pytest

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.director import direct
from app.core.review import objections
from contracts.asset import Room
from contracts.script import Language, Motion, Scene
from tests.core.director.strangers import strangers
from tests.samples import VILLA, brief, photos, poi

TOLD = "Le toit a été refait par les Compagnons du Midi."


def villa(language: Language = "fr") -> ScriptBrief:
    return brief(poi(**VILLA), photos(Room.KITCHEN, Room.TERRACE), TOLD, language=language)


def draft(*narrations: str, duration_s: float = 7.0) -> ScriptDraft:
    fields: dict[str, Any] = {
        "title": "",
        "on_screen_text": "",
        "duration_s": duration_s,
        "asset_id": None,
        "room": Room.OTHER,
        "motion": Motion.HOLD,
        "visual_prompt": "",
    }
    scenes = (Scene(index=i, narration=text, **fields) for i, text in enumerate(narrations))
    return ScriptDraft("", tuple(scenes))


def reasons(*narrations: str, language: Language = "fr", duration_s: float = 7.0) -> list[str]:
    told = villa(language)
    return [str(found) for found in objections(told, draft(*narrations, duration_s=duration_s))]


def test_the_local_director_s_own_scripts_pass_whatever_the_property() -> None:
    refused = [
        (str(objection), script.scenes[objection.scene or 0].narration)
        for told in strangers(300)
        for script in [direct(told)]
        for objection in objections(told, script)
    ]
    assert refused == []


FIT: list[tuple[Language, str]] = [
    ("fr", "À Montpellier, la Villa Méditerranée et sa piscine chauffée."),
    ("fr", "La cuisine s’ouvre sur un îlot central, au calme."),
    ("fr", "Un toit refait par les Compagnons du Midi."),
    ("fr", "Classe énergie C, classe climat A. Prix : 890 000 €."),
    ("fr", "Appelez l’Agence du Soleil au 04 67 00 11 22."),
    ("fr", "Rendez-vous sur agence-soleil.fr."),
    ("en", "Four bedrooms, two bathrooms. And a heated pool outside."),
    ("en", "Offered at €890,000. Call Agence du Soleil."),
]


@pytest.mark.parametrize(("language", "narration"), FIT)
def test_what_an_agent_would_say_passes(language: Language, narration: str) -> None:
    assert reasons(narration, language=language) == []


UNFIT = [
    ("", "there is no narration"),
    ("La villa et sa cheminée.", "“cheminee” is not in the data"),
    ("Cinq chambres.", "the number “5 bedroom” is not in the data"),
    ("Parfaite pour les familles.", "“familles” speaks of people"),
    ("Un havre à deux pas de Saint-Tropez.", "the name “Saint-Tropez” is not in the data"),
    ("La cuisine, signée Bulthaup.", "the name “Bulthaup” is not in the data"),
    ("Tout est sur www.maison-de-reve.fr.", "is no address or number of the agency"),
    ("Écrivez à moi@exemple.fr.", "is no address or number of the agency"),
    ("Appelez le 06 11 22 33 44.", "is no address or number of the agency"),
    ("En tant qu’assistant, voici la villa.", "is about the writing, not about the property"),
    ("Voici le {prompt}.", "it holds markup or control characters"),
    ("This is the villa and the kitchen of it.", "it is not in the language asked for (fr)"),
    ("La cuisine, " + "toujours la cuisine, " * 6, "spoken words, and there is time for 15"),
]


@pytest.mark.parametrize(("narration", "reason"), UNFIT)
def test_what_an_agent_would_not_say_is_refused_with_its_reason(
    narration: str, reason: str
) -> None:
    found = reasons(narration)
    assert any(reason in objection for objection in found), found


def test_a_sentence_is_said_once() -> None:
    sentence = "La cuisine ouverte est équipée d’un îlot central, au calme."
    assert "was said before" in reasons(sentence, sentence)[0]


def test_an_objection_names_its_scene() -> None:
    assert reasons("La cuisine.", "Une cheminée.")[0].startswith("scene 1: ")
