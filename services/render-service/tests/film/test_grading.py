import numpy as np
import pytest

from app.film.camera import Size
from app.film.grading import Grade, grades, light_of
from app.film.looks import Look
from app.film.measuring import look_at
from app.film.planes import Planes
from app.film.toning import graded


def _picture(luma: float = 120, u: float = 128, v: float = 128) -> Planes:
    picture = Planes.blank(Size(300, 200))
    picture.y[:], picture.u[:], picture.v[:] = luma, u, v
    return picture


def test_the_eye_is_led_to_the_thing_that_stands_out() -> None:
    picture = _picture()
    picture.y[120:160, 200:250] = np.random.default_rng(0).integers(16, 235, (40, 50))
    look = look_at(picture)
    assert look.focus_x == pytest.approx(0.75, abs=0.1)
    assert look.focus_y == pytest.approx(0.7, abs=0.1)


@pytest.mark.parametrize("luma", [16, 128, 235])
def test_an_even_picture_has_its_focus_inside(luma: int) -> None:
    look = look_at(_picture(luma))
    assert 0.2 < look.focus_x < 0.8
    assert 0.2 < look.focus_y < 0.8


def test_light_cast_and_detail_are_measured() -> None:
    warm = look_at(_picture(71, 120, 136))
    assert warm.light == pytest.approx(0.25, abs=0.01)
    assert (warm.cast_u, warm.cast_v) == (-8, 8)
    busy = _picture()
    busy.y[:] = np.random.default_rng(0).integers(16, 235, busy.y.shape)
    assert look_at(busy).sharpness > warm.sharpness


def test_a_coloured_wall_is_not_taken_for_a_cast() -> None:
    assert look_at(_picture(120, 90, 170)).cast_u == 0


def test_photos_of_one_film_are_brought_nearer_to_each_other() -> None:
    bathroom, facade = _picture(60, 118, 138), _picture(180, 128, 128)
    looks = {0: look_at(bathroom), 1: look_at(facade)}
    film = grades(looks, light_of(looks.values()))
    dark, light = (look_at(graded(*pair)) for pair in ((bathroom, film[0]), (facade, film[1])))
    assert looks[0].light < dark.light < light.light < looks[1].light
    assert abs(dark.cast_v - light.cast_v) < abs(looks[0].cast_v - looks[1].cast_v)


def test_grading_is_gentle() -> None:
    for look in (Look(light=0.06), Look(light=0.93), Look(cast_u=-20, cast_v=20)):
        grade = grades({0: look}, light_of([look, Look()]))[0]
        assert abs(look.light**grade.exponent - look.light) <= 0.075
        assert max(abs(grade.shift_u), abs(grade.shift_v)) <= 6


def test_black_and_white_stay_and_no_two_levels_change_places() -> None:
    picture = _picture()
    picture.y[0, :256] = np.arange(256)
    curve = graded(picture, Grade(exponent=0.8, shift_u=3, shift_v=-4)).y[0, :256].astype(int)
    assert (curve[16], curve[235]) == (16, 235)
    assert (np.diff(curve) >= 0).all()


def test_a_photo_alone_keeps_nearly_all_of_its_own_light() -> None:
    assert grades({}, light_of([])) == {}
    look = Look(light=0.5)
    assert grades({0: look}, light_of([look])) == {0: Grade()}
