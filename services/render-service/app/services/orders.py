"""What a script's scenes are ordered as, before anything is spent."""

from app.core.clips import ClipOrder, Model, clip_order
from app.core.renders import scene_provider
from app.film.formats import frame_format
from app.film.timeline import lay_out
from contracts.render import AspectRatio, RenderProfile
from contracts.script import Script


def clip_orders(
    script: Script, aspect_ratio: AspectRatio, profile: RenderProfile, model: Model
) -> dict[int, ClipOrder]:
    """The orders of the scenes that the provider would make, by position.

    Raises FilmError `script_unfilmable`.
    """
    fps = frame_format(profile, aspect_ratio).fps
    timeline = lay_out([scene.duration_s for scene in script.scenes], fps)
    return {
        position: clip_order(model, aspect_ratio, scene, timeline.seen(position).frames / fps)
        for position, scene in enumerate(script.scenes)
        if scene_provider("live", scene) == "runway"
    }
