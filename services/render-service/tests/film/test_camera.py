import itertools

import numpy as np
import pytest

from app.film.camera import Move, Size, Viewport, camera_move, visible_part
from app.film.planes import Planes, warp
from contracts.script import Motion

SHAPES = [Size(3000, 2000), Size(2000, 3000), Size(1000, 1000), Size(4000, 1200)]
FRAMES = [Size(1920, 1080), Size(1080, 1920), Size(1080, 1080), Size(1080, 1350)]
WIDE, FULL_HD, TALL = Size(3000, 2000), Size(1920, 1080), Size(1080, 1920)


@pytest.mark.parametrize("motion", list(Motion))
@pytest.mark.parametrize(("picture", "frame"), list(itertools.product(SHAPES, FRAMES)))
@pytest.mark.parametrize("duration_s", [2.0, 6.0, 20.0])
def test_no_move_shows_an_edge_of_the_picture(
    motion: Motion, picture: Size, frame: Size, duration_s: float
) -> None:
    part_x, part_y = visible_part(picture, frame)
    move = camera_move(motion, picture, frame, duration_s)
    for view in (move.at(step / 40) for step in range(41)):
        assert abs(view.x - 0.5) + part_x / view.zoom / 2 <= 0.5 + 1e-9
        assert abs(view.y - 0.5) + part_y / view.zoom / 2 <= 0.5 + 1e-9


@pytest.mark.parametrize("motion", list(Motion))
def test_every_motion_moves_so_that_no_film_freezes(motion: Motion) -> None:
    move = camera_move(motion, WIDE, FULL_HD, 4.0)
    assert move.start != move.end


def test_motions_go_where_their_names_say() -> None:
    def ends(motion: Motion) -> tuple[Viewport, Viewport]:
        move = camera_move(motion, WIDE, FULL_HD, 4.0)
        return move.at(0), move.at(1)

    start, end = ends(Motion.PUSH_IN)
    assert end.zoom > start.zoom
    start, end = ends(Motion.PULL_OUT)
    assert end.zoom < start.zoom
    start, end = ends(Motion.PAN_RIGHT)
    assert end.x > start.x
    start, end = ends(Motion.PAN_LEFT)
    assert end.x < start.x
    start, end = ends(Motion.TILT_UP)
    assert end.y < start.y
    start, end = ends(Motion.TILT_DOWN)
    assert end.y > start.y


@pytest.mark.parametrize("motion", [each for each in Motion if each is not Motion.HOLD])
def test_a_wide_photo_is_panned_over_in_a_tall_film(motion: Motion) -> None:
    move = camera_move(motion, WIDE, TALL, 4.0)
    part_x, _ = visible_part(WIDE, TALL)
    shown = abs(move.end.x - move.start.x) + part_x
    assert shown > 0.6


def test_a_move_leaves_and_arrives_softly_and_never_jerks() -> None:
    move = camera_move(Motion.PAN_RIGHT, WIDE, FULL_HD, 4.0)
    part_x, _ = visible_part(WIDE, FULL_HD)
    at = np.array([move.at(frame / 119).x for frame in range(120)])
    shift_px = at * FULL_HD.width * move.start.zoom / part_x
    assert np.abs(np.diff(shift_px, 2)).max() < 0.4
    assert abs(np.diff(shift_px)[0]) < abs(np.diff(shift_px)[60]) / 4


def test_luma_and_chroma_stay_together_to_a_fraction_of_a_pixel() -> None:
    """A vertical edge in luma and chroma, placed between pixels, comes out in the same place."""
    picture, frame = Planes.blank(Size(400, 300)), Planes.blank(Size(200, 150))
    for plane in (picture.y, picture.u, picture.v):
        plane[:] = np.linspace(40, 200, plane.shape[1])[np.newaxis, :].astype(np.uint8)
    warp(picture, Viewport(x=0.41, y=0.5, zoom=1.6), frame)
    luma = frame.y[75].astype(float)
    chroma = np.interp(np.arange(200), np.arange(0, 200, 2), frame.u[37].astype(float))
    assert np.abs(luma - chroma)[4:-4].max() <= 1.6


def test_a_move_between_equal_zooms_keeps_its_zoom() -> None:
    move = Move(start=Viewport(x=0.4, y=0.5, zoom=1.1), end=Viewport(x=0.6, y=0.5, zoom=1.1))
    assert move.at(0.5) == Viewport(x=0.5, y=0.5, zoom=1.1)
