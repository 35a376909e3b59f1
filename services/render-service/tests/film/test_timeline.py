from itertools import pairwise

import pytest

from app.film.timeline import Span, lay_out
from app.film.values import FilmError


def test_roundings_do_not_add_up() -> None:
    timeline = lay_out([1 / 3] * 90, fps=30)
    assert timeline.frames == 900


def test_segments_laid_end_to_end_are_the_film() -> None:
    timeline = lay_out([2.0, 3.7, 0.5, 4.1], fps=30)
    spans = [timeline.body(0)]
    for index in range(1, 4):
        spans += [timeline.transition(index - 1), timeline.body(index)]
    assert spans[0].start == 0
    assert spans[-1].end == timeline.frames == round(10.3 * 30)
    assert all(before.end == after.start for before, after in pairwise(spans))


def test_a_cross_fade_takes_half_a_second_centred_on_the_boundary() -> None:
    timeline = lay_out([4.0, 4.0], fps=24)
    assert timeline.transition(0) == Span(start=96 - 6, end=96 + 6)
    assert timeline.seen(0) == Span(start=0, end=102)
    assert timeline.body(1) == Span(start=102, end=192)


def test_a_short_scene_is_never_all_cross_fade() -> None:
    timeline = lay_out([4.0, 0.3, 4.0], fps=30)
    assert timeline.body(1).frames >= timeline.scenes[1].frames / 2


@pytest.mark.parametrize("durations", [[], [2.0, 0.001, 2.0]])
def test_a_script_with_nothing_to_show_is_refused(durations: list[float]) -> None:
    with pytest.raises(FilmError) as refusal:
        lay_out(durations, fps=30)
    assert refusal.value.code == "script_unfilmable"
