from uuid import uuid4

from app.film.editing import fades_between
from app.film.grading import Grade
from app.film.looks import Look
from app.film.plan import FilmPlan, plan_film
from app.film.shots import WorkingPicture
from contracts.asset import Room
from contracts.script import Scene
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


def _outside(look: Look) -> tuple[Scene, WorkingPicture]:
    shown = scene(asset_id=uuid4()).model_copy(update={"room": Room.EXTERIOR})
    return shown, PICTURE.model_copy(update={"look": look})


def test_the_poster_is_the_sharpest_and_best_exposed_picture_of_the_outside() -> None:
    looks = [
        Look(light=0.5, sharpness=100),
        Look(light=0.5, sharpness=900),
        Look(light=0.95, sharpness=900, clipped=0.4),
    ]
    outside = [_outside(look) for look in looks]
    scenes = [scene(0, asset_id=uuid4()), *(each for each, _ in outside), scene(4)]
    pictures = {0: PICTURE, **{at: picture for at, (_, picture) in enumerate(outside, 1)}}
    assert plan_film(script(scenes), TINY, pictures).poster_scene == 2


def test_without_an_outside_the_poster_is_the_first_picture_or_else_the_first_card() -> None:
    assert _plan({2: PICTURE, 3: PICTURE}).poster_scene == 2
    assert _plan({}).poster_scene == 0


def test_two_views_of_a_room_are_cut_and_rooms_and_cards_fade() -> None:
    kitchens = [scene(asset_id=uuid4(), duration_s=4.0) for _ in range(2)]
    kitchens = [each.model_copy(update={"room": Room.KITCHEN}) for each in kitchens]
    quick = [scene(asset_id=uuid4(), duration_s=2.0) for _ in range(2)]
    assert fades_between([*kitchens, *quick, scene()]) == [0.0, 0.5, 0.4, 0.7]


def test_burned_captions_are_in_the_segments_that_they_are_seen_in_and_nowhere_else() -> None:
    burned = TINY.model_copy(update={"captions_burned": True})
    said = [scene(0, narration="Une première phrase."), scene(1, narration="Une autre phrase.")]
    captions = [each.segment.captions for each in plan_film(script(said), burned, {}).segments()]
    first, fade, second = captions
    assert [each.text for each in first] == ["Une première phrase."]
    assert [each.text for each in fade] == ["Une première phrase.", "Une autre phrase."]
    assert (fade[0].end, fade[1].start) == (4, 4)
    assert second[0].start == 0
    assert all(not each.segment.captions for each in plan_film(script(said), TINY, {}).segments())


def test_photos_are_matched_unless_they_are_to_stay_as_they_are() -> None:
    dark, light = (PICTURE.model_copy(update={"look": Look(light=level)}) for level in (0.2, 0.7))
    scenes = [scene(index, asset_id=uuid4()) for index in range(2)]
    for matched in (True, False):
        plan = plan_film(script(scenes), TINY, {0: dark, 1: light}, matched=matched)
        exponents = [shot.grade.exponent for shot in plan.shots if shot.kind == "still"]
        assert (exponents[0] < 1 < exponents[1]) is matched


def test_a_plan_takes_no_part_in_the_matching() -> None:
    dark, paper = (PICTURE.model_copy(update={"look": Look(light=each)}) for each in (0.5, 0.95))
    scenes = [scene(index, asset_id=uuid4()) for index in range(2)]
    scenes[1] = scenes[1].model_copy(update={"room": Room.PLAN})
    shots = plan_film(script(scenes), TINY, {0: dark, 1: paper}).shots
    assert [shot.grade for shot in shots if shot.kind == "still"] == [Grade(), Grade()]


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
