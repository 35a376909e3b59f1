from uuid import uuid4

from app.film.looks import Look
from app.film.plan import FilmPlan, plan_film
from app.film.shots import WorkingPicture
from tests.film.stage import TINY, scene, script

PICTURE = WorkingPicture(sha256="a" * 64, width=300, height=200)


def _plan(pictures: dict[int, WorkingPicture]) -> FilmPlan:
    scenes = [scene(index, asset_id=uuid4() if index in pictures else None) for index in range(4)]
    return plan_film(script(scenes), TINY, pictures)


def test_every_frame_of_the_film_is_in_exactly_one_segment() -> None:
    plan = _plan({1: PICTURE})
    assert sum(planned.segment.frames for planned in plan.segments()) == 4 * 2 * 12


def test_a_scene_without_a_picture_is_a_card() -> None:
    plan = _plan({1: PICTURE, 3: PICTURE})
    assert [shot.kind for shot in plan.shots] == ["card", "still", "card", "still"]


def test_a_shot_goes_on_through_its_cross_fades() -> None:
    """The take of a cross-fade ends where the take of the body begins, and the other way about."""
    planned = list(_plan({}).segments())
    body, fade, following = (each.segment for each in planned[:3])
    assert fade.takes[0].first == body.takes[0].first + body.frames
    assert following.takes[0].first == fade.takes[1].first + fade.frames


def test_text_waits_until_the_cross_fade_is_over() -> None:
    plan = _plan({})
    assert plan.shots[1].text_from == plan.body(1).takes[0].first > 0


def test_the_poster_is_the_middle_of_the_first_photo() -> None:
    assert _plan({2: PICTURE}).poster_frame == 5 * 12
    assert _plan({}).poster_frame == 12


def test_photos_are_matched_unless_they_are_to_stay_as_they_are() -> None:
    dark, light = (PICTURE.model_copy(update={"look": Look(light=level)}) for level in (0.2, 0.7))
    scenes = [scene(index, asset_id=uuid4()) for index in range(2)]
    for matched in (True, False):
        plan = plan_film(script(scenes), TINY, {0: dark, 1: light}, matched=matched)
        exponents = [shot.grade.exponent for shot in plan.shots if shot.kind == "still"]
        assert (exponents[0] < 1 < exponents[1]) is matched


def test_a_segment_is_known_by_what_it_shows() -> None:
    first = {each.segment.key for each in _plan({1: PICTURE}).segments()}
    again = {each.segment.key for each in _plan({1: PICTURE}).segments()}
    other = PICTURE.model_copy(update={"sha256": "b" * 64})
    both = {each.segment.key for each in _plan({0: PICTURE, 1: PICTURE, 3: PICTURE}).segments()}
    changed = {each.segment.key for each in _plan({0: PICTURE, 1: PICTURE, 3: other}).segments()}
    assert first == again
    assert len(both - changed) == 2  # the last scene's body and the cross-fade before it


def test_cards_stand_on_pictures_of_the_film_out_of_focus() -> None:
    other = PICTURE.model_copy(update={"sha256": "b" * 64})
    shots = _plan({0: PICTURE, 1: other}).shots
    backdrops = [shot.backdrop for shot in shots if shot.kind == "card"]
    assert backdrops == [other, PICTURE]  # what was seen last; the closing looks back at the hook


def test_asset_ids_do_not_matter_only_pictures_do() -> None:
    scenes = [scene(0, asset_id=uuid4())]
    shots = [plan_film(script(scenes), TINY, {0: PICTURE}).shots for _ in range(2)]
    assert shots[0] == shots[1]
