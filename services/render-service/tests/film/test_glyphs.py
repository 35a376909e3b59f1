"""What is known of the signs that no picture of a film shows."""

from app.film.glyphs import glyphs_missing
from app.film.plan import plan_film
from contracts.script import Scene, ScenePart
from tests.film.stage import TINY, listing, scene, script


def _missing(*scenes: Scene, burned: bool = False, name: str = "Villa") -> dict[int, str]:
    known = listing().model_copy(update={"name": name})
    told = script(scenes).model_copy(update={"listing": known})
    frame = TINY.model_copy(update={"captions_burned": burned})
    return glyphs_missing(plan_film(told, frame, {}))


def test_narration_lacks_signs_only_where_it_is_drawn_into_the_picture() -> None:
    scenes = scene(0), scene(1, narration="Bienvenue 好.")
    assert _missing(*scenes) == {}
    assert _missing(*scenes, burned=True) == {1: "好"}


def test_what_a_card_says_of_the_property_counts() -> None:
    closing = scene(0).model_copy(update={"part": ScenePart.CLOSING})
    assert _missing(closing, name="別墅 Horizon 別") == {0: "別墅"}
