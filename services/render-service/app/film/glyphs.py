"""Which signs of a film's words no typeface has: they are left out of its pictures.

Runs in a child process only, where type is set.
"""

from app.film.fonts import undrawable
from app.film.plan import FilmPlan
from app.film.titling import written


def glyphs_missing(plan: FilmPlan) -> dict[int, str]:
    """The signs that are not drawn, each once, by position of the scene they were written for."""
    missing = {}
    for position, shot in enumerate(plan.shots):
        scene = plan.timeline.scenes[position]
        captions = [each.text for each in plan.captions if scene.start <= each.start < scene.end]
        texts = [*written(shot.titling), *captions]
        if signs := "".join(dict.fromkeys("".join(map(undrawable, texts)))):
            missing[position] = signs
    return missing
