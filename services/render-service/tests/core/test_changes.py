"""What a person's words do to the scenes of a film."""

import pytest

from app.core.changes import SceneChange, changed
from app.film.titling import HookTitle, titling_of
from contracts.script import ScenePart
from tests.film.stage import listing, scene, script


def _opening(title: str, text: str, change: SceneChange | None) -> tuple[str, str]:
    """The name and the place that the opening of a film shows."""
    words = {"title": title, "on_screen_text": text, "part": ScenePart.HOOK}
    told = script([scene().model_copy(update=words)]).model_copy(update={"listing": listing()})
    titling = titling_of(changed(told, {0: change} if change else {}), 0)
    assert isinstance(titling, HookTitle)
    return titling.name, titling.place


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Villa Horizon", "Villa Horizon · Uzès"),
        ("Villa Horizon", "Villa Horizon"),
        ("Bienvenue", "Villa Horizon · Uzès"),
        ("Villa Horizon", "Uzès"),
        ("Villa Horizon", ""),
    ],
)
def test_the_title_that_a_person_gives_the_opening_is_the_name_on_its_picture(
    title: str, text: str
) -> None:
    change = SceneChange(title="Le mas des pins")
    assert _opening(title, text, change) == ("Le mas des pins", "Uzès")


def test_a_title_and_a_text_for_the_opening_are_both_drawn() -> None:
    change = SceneChange(title="Le mas", on_screen_text="Villa Horizon · Au calme")
    assert _opening("Villa Horizon", "Villa Horizon · Uzès", change) == (
        "Le mas",
        "Villa Horizon · Au calme",
    )
    repeated = SceneChange(title="Le mas", on_screen_text="Le mas · Au calme")
    assert _opening("Villa Horizon", "Uzès", repeated) == ("Le mas", "Au calme")


def test_an_opening_without_a_title_shows_what_else_is_written() -> None:
    change = SceneChange(title="")
    assert _opening("Villa Horizon", "Villa Horizon · Uzès", change) == ("Uzès", "")


@pytest.mark.parametrize(
    "change", [None, SceneChange(narration="Une villa."), SceneChange(on_screen_text="Vue · Mer")]
)
def test_an_opening_whose_title_nobody_changed_begins_with_its_text(
    change: SceneChange | None,
) -> None:
    assert _opening("Villa Horizon", "Vue · Mer", change) == ("Vue", "Mer")
