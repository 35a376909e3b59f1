import itertools
from itertools import pairwise

import cv2
import numpy as np
import pytest

from app.film.camera import Move, Size, Viewport, camera_move, visible_part
from app.film.planes import Planes, warp
from app.film.resampling import Resampler, _beginning
from contracts.script import Motion

SHAPES = [Size(3000, 2000), Size(2000, 3000), Size(1000, 1000), Size(4000, 1200)]
FRAMES = [Size(1920, 1080), Size(1080, 1920), Size(1080, 1080), Size(1080, 1350)]
WIDE, FULL_HD, TALL = Size(3000, 2000), Size(1920, 1080), Size(1080, 1920)


@pytest.mark.parametrize("motion", list(Motion))
@pytest.mark.parametrize(("picture", "frame"), list(itertools.product(SHAPES, FRAMES)))
@pytest.mark.parametrize("duration_s", [2.0, 6.0, 20.0])
@pytest.mark.parametrize("focus", [(0.5, 0.5), (0.1, 0.95)])
def test_no_move_shows_an_edge_of_the_picture(
    motion: Motion, picture: Size, frame: Size, duration_s: float, focus: tuple[float, float]
) -> None:
    part_x, part_y = visible_part(picture, frame)
    move = camera_move(motion, picture, frame, duration_s, focus=focus)
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


def test_a_push_goes_towards_what_the_picture_is_about_and_a_pull_comes_from_there() -> None:
    focus = (0.8, 0.3)
    push = camera_move(Motion.PUSH_IN, WIDE, FULL_HD, 6.0, focus=focus)
    assert push.end.x > push.start.x
    assert push.end.y < 0.5
    assert camera_move(Motion.PULL_OUT, WIDE, FULL_HD, 6.0, focus=focus) == push.reversed()


def test_a_pan_over_a_wide_photo_in_a_tall_film_passes_what_it_is_about() -> None:
    part_x, _ = visible_part(WIDE, TALL)
    for focus in (0.1, 0.5, 0.9):
        move = camera_move(Motion.PAN_RIGHT, WIDE, TALL, 3.0, focus=(focus, 0.5))
        assert move.start.x - part_x / 2 <= focus <= move.end.x + part_x / 2


def test_small_rooms_and_small_photos_are_moved_over_more_gently() -> None:
    usual = camera_move(Motion.PUSH_IN, WIDE, FULL_HD, 4.0)
    slower = camera_move(Motion.PUSH_IN, WIDE, FULL_HD, 4.0, pace=0.6)
    nearer = camera_move(Motion.PUSH_IN, WIDE, FULL_HD, 4.0, tightest=1.05)
    assert 1 < slower.end.zoom < usual.end.zoom
    assert nearer.end.zoom == 1.05


@pytest.mark.parametrize("motion", list(Motion))
@pytest.mark.parametrize("size", [Size(320, 180), Size(180, 320)])
def test_frames_move_without_tremble(motion: Motion, size: Size) -> None:
    """RMS of the second difference of the translation measured between frames, in pixels.

    Under 0.4 in a frame of full size means under 0.4 here; a plain zoompan has 3.5.
    """
    picture = _clouds(Size(800, 540))
    move = camera_move(motion, picture.size, size, 2.0, focus=(0.6, 0.4))
    resampler, frames = Resampler(picture), []
    for number in range(48):
        frame = Planes.blank(size)
        resampler.draw(move.at(number / 47), frame)
        frames.append(frame.y.astype(np.float32))
    window = cv2.createHanningWindow(size, cv2.CV_32F)
    shifts = [cv2.phaseCorrelate(*pair, window)[0] for pair in pairwise(frames)]
    tremble = np.diff(np.array(shifts), axis=0)
    assert np.sqrt((tremble**2).mean(axis=0)).max() < 0.4


def _clouds(size: Size) -> Planes:
    """Detail at several scales, so that a shift can be measured."""
    picture, random = Planes.blank(size), np.random.default_rng(3)
    luma = np.full((size.height, size.width), 120, np.float32)
    for grid in (8, 24, 72):
        noise = random.uniform(-1, 1, (grid, grid * 3 // 2)).astype(np.float32)
        luma += 30 * cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC)
    picture.y[:], picture.u[:], picture.v[:] = luma.clip(16, 235), 128, 128
    return picture


@pytest.mark.parametrize("motion", list(Motion))
def test_the_quick_way_over_a_picture_is_the_exact_way(motion: Motion) -> None:
    """A shift of 1/32 of a pixel, the precision of the exact one, moves these levels by under 2."""
    picture, size = _clouds(Size(800, 540)), Size(320, 180)
    picture.u[:] = picture.y[::2, ::2]
    resampler, quick, exact = Resampler(picture), Planes.blank(size), Planes.blank(size)
    move = camera_move(motion, picture.size, size, 4.0)
    for number in range(30):
        view = move.at(number / 29)
        resampler.draw(view, quick)
        warp(picture, view, exact)
        assert np.abs(quick.buffer.astype(int) - exact.buffer).max() <= 3
        assert np.abs(quick.buffer.astype(int) - exact.buffer).mean() < 0.5


def test_most_views_are_drawn_the_quick_way() -> None:
    found = [_beginning(100 + offset / 7, 1.1 + offset / 900)[0] >= 0 for offset in range(200)]
    assert sum(found) > 180


@pytest.mark.parametrize("motion", list(Motion))
@pytest.mark.parametrize("frame_size", [Size(320, 180), Size(180, 320), Size(200, 200)])
def test_nothing_is_ever_stretched(motion: Motion, frame_size: Size) -> None:
    """Two ramps as steep across as down come out as steep as each other, to one per cent."""
    slopes = []
    for axis in (0, 1):
        picture, frame = Planes.blank(Size(900, 600)), Planes.blank(frame_size)
        ramp = np.arange(900 if axis else 600) * 0.2 + 20
        picture.y[:] = (ramp if axis else ramp[:, np.newaxis]).astype(np.uint8)
        picture.u[:], picture.v[:] = 128, 128
        warp(picture, camera_move(motion, picture.size, frame_size, 3.0).at(0.7), frame)
        profile = frame.y.mean(axis=1 - axis).astype(float)
        slopes.append(np.polyfit(np.arange(profile.size), profile, 1)[0])
    assert slopes[0] == pytest.approx(slopes[1], rel=0.01)


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
