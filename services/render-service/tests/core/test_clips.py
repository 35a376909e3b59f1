from typing import get_args

import pytest

from app.core.clips import Model, clip_order, lens_prompt
from contracts.render import AspectRatio
from contracts.script import Motion
from tests.film.stage import scene


@pytest.mark.parametrize(
    ("aspect_ratio", "size"),
    [
        (AspectRatio.LANDSCAPE, (1280, 720)),
        (AspectRatio.PORTRAIT, (720, 1280)),
        (AspectRatio.SQUARE, (960, 960)),
        (AspectRatio.SOCIAL, (832, 1104)),
    ],
)
def test_every_format_has_a_ratio_of_much_its_shape(
    aspect_ratio: AspectRatio, size: tuple[int, int]
) -> None:
    order = clip_order("gen4_turbo", aspect_ratio, scene(), 5)
    assert order.size == size
    across, down = (int(side) for side in aspect_ratio.value.split(":"))
    assert abs(size[0] / size[1] / (across / down) - 1) < 0.07


@pytest.mark.parametrize(
    ("model", "seen_s", "duration_s"),
    [
        ("gen4_turbo", 2.5, 5),
        ("gen4_turbo", 7.4, 5),
        ("gen4_turbo", 7.5, 10),
        ("gen4_turbo", 30, 10),
        ("gen4.5", 0.8, 2),
        ("gen4.5", 4.4, 4),
        ("gen4.5", 4.5, 5),
        ("gen4.5", 12, 10),
    ],
)
def test_a_clip_has_the_nearest_legal_length(model: Model, seen_s: float, duration_s: int) -> None:
    assert clip_order(model, AspectRatio.LANDSCAPE, scene(), seen_s).duration_s == duration_s


def test_every_model_has_a_price() -> None:
    cost = {
        model: clip_order(model, AspectRatio.LANDSCAPE, scene(), 5).credits
        for model in get_args(Model)
    }
    assert cost == {"gen4_turbo": 25, "gen4.5": 60}


def test_the_prompt_is_the_lens_move_of_the_script() -> None:
    written = scene().model_copy(update={"visual_prompt": " Slow push in; all stays. "})
    assert lens_prompt(written) == "Slow push in; all stays."


@pytest.mark.parametrize("motion", Motion)
def test_a_script_without_words_for_it_has_a_lens_move_all_the_same(motion: Motion) -> None:
    prompt = lens_prompt(scene(motion=motion))
    assert prompt.endswith("everything stays as in the picture.")
    assert "Villa" not in prompt


@pytest.mark.parametrize("sign", ["a", "🏠"])
def test_a_prompt_has_at_most_a_thousand_utf16_units(sign: str) -> None:
    prompt = lens_prompt(scene().model_copy(update={"visual_prompt": "x" + sign * 1_500}))
    assert 999 <= len(prompt.encode("utf-16-le")) // 2 <= 1_000
