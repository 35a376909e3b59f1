"""The local director: a film from a property's own facts, pictures and words.

It is deterministic, knows two languages, and says nothing that `core.grounding` would refuse.
"""

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.camera import Camera
from app.core.director.choice import Chooser
from app.core.director.cutting import cut
from app.core.director.narrator import Narrator
from app.core.director.quotes import quotes, spoken_features
from app.core.director.storyboard import plan_film
from app.core.director.titles import Titles
from app.core.grounding.ground import Ground
from app.core.voices.speaking import voice_of
from contracts.script import Scene

#: The version of the director; a film may change when it does.
MODEL = "director-2"


def direct(brief: ScriptBrief) -> ScriptDraft:
    """The script of a film; the same brief gives the same script."""
    voice = voice_of(brief.poi, brief.order.language)
    ground = Ground(brief)
    chooser = Chooser(brief)
    features = spoken_features(brief, ground)
    sentences = quotes(brief, ground, voice.kind)
    storyboard = plan_film(brief, voice, features, sentences)
    narrator = Narrator(brief, voice, chooser, storyboard, features=features, quotes=sentences)
    titles = Titles(brief, voice, storyboard, features)
    camera = Camera(chooser, brief.order.tone)
    scenes = []
    for index, (shot, seconds) in enumerate(zip(storyboard.shots, storyboard.seconds, strict=True)):
        title, on_screen_text = titles.of(index, shot)
        sight = brief.sight_of(shot.asset_id)
        best = sight.best_motion if sight else None
        motion = camera.move(shot.room, index, card=shot.asset is None, best=best)
        scenes.append(
            Scene(
                index=index,
                title=title,
                narration=narrator.narrate(index),
                on_screen_text=on_screen_text,
                duration_s=seconds,
                asset_id=shot.asset_id,
                room=shot.room,
                motion=motion,
                visual_prompt=camera.prompt(motion),
                part=shot.part,
            )
        )
    return ScriptDraft(titles.film(), cut(brief, scenes))
