"""Camera moves as plain arithmetic: where in a picture the frame lies at each instant.

A viewport is centred at (x, y), as fractions of the picture, and magnified by `zoom`, where 1 is
the largest view without an edge showing. The frame's shape is kept, so nothing is ever stretched.
"""

from typing import NamedTuple

from app.film.values import Value
from contracts.script import Motion

#: The tightest view of any move; working pictures carry enough pixels for it.
TIGHTEST_ZOOM = 1.14

#: Magnification per second of a push or pull, kept between calm and noticeable.
_ZOOM_PER_S = 0.025

#: What a pan or tilt magnifies when the whole side is in view, to have somewhere to go.
_PAN_ZOOM = 1.12
_HOLD_ZOOM = 1.015

#: The fastest travel, in frame sides per second: beyond it, rooms blur past.
_TRAVEL_PER_S = 0.18

#: Below this visible fraction of a side, the move runs along that side to show the rest.
_NARROW = 0.6

#: The share of a move spent gathering speed, and losing it again.
_RAMP = 0.25


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


class Viewport(Value):
    """The part of a picture that fills the frame."""

    x: float
    y: float
    zoom: float


class Move(Value):
    """A camera move from one viewport to another."""

    start: Viewport
    end: Viewport

    def at(self, progress: float) -> Viewport:
        """The viewport at a linear progress of 0–1; it leaves and arrives softly.

        The zoom changes by equal factors, the centre by equal steps. When both ends lie inside the
        picture so does all between: the view's side, a geometric mean, is under the arithmetic one.
        """
        eased = _eased(progress)
        return Viewport(
            x=self.start.x + (self.end.x - self.start.x) * eased,
            y=self.start.y + (self.end.y - self.start.y) * eased,
            zoom=self.start.zoom * (self.end.zoom / self.start.zoom) ** eased,
        )


def visible_part(picture: Size, frame: Size) -> tuple[float, float]:
    """The fractions of a picture's width and height seen at zoom 1; one of them is 1."""
    shapes = (frame.width * picture.height) / (frame.height * picture.width)
    return (shapes, 1.0) if shapes <= 1 else (1.0, 1 / shapes)


def camera_move(motion: Motion, picture: Size, frame: Size, duration_s: float) -> Move:
    """The move for a motion over a picture.

    Where the frame is much narrower than the picture, a push or pull also drifts along the hidden
    side and a move across it is turned along it, so that a wide photo is shown in a tall film.
    """
    part_x, part_y = visible_part(picture, frame)
    if part_x < _NARROW:
        motion = _TURNED_SIDEWAYS.get(motion, motion)
    elif part_y < _NARROW:
        motion = _TURNED_UPRIGHT.get(motion, motion)
    zoom = min(max(1 + _ZOOM_PER_S * duration_s, 1.05), TIGHTEST_ZOOM)
    drift_x = _travel(part_x, 1, duration_s) / 2 if part_x < _NARROW else 0.0
    drift_y = _travel(part_y, 1, duration_s) / 2 if part_y < _NARROW else 0.0
    wide = Viewport(x=0.5 - drift_x, y=0.5 - drift_y, zoom=1)
    tight = Viewport(x=0.5 + drift_x, y=0.5 + drift_y, zoom=zoom)
    pan_zoom, tilt_zoom = max(_PAN_ZOOM * part_x, 1.0), max(_PAN_ZOOM * part_y, 1.0)
    pan = _travel(part_x, pan_zoom, duration_s) / 2
    tilt = _travel(part_y, tilt_zoom, duration_s) / 2
    left = Viewport(x=0.5 - pan, y=0.5, zoom=pan_zoom)
    right = Viewport(x=0.5 + pan, y=0.5, zoom=pan_zoom)
    upper = Viewport(x=0.5, y=0.5 - tilt, zoom=tilt_zoom)
    lower = Viewport(x=0.5, y=0.5 + tilt, zoom=tilt_zoom)
    centre = Viewport(x=0.5, y=0.5, zoom=1)
    moves = {
        Motion.PUSH_IN: (wide, tight),
        Motion.PULL_OUT: (tight, wide),
        Motion.PAN_LEFT: (right, left),
        Motion.PAN_RIGHT: (left, right),
        Motion.TILT_UP: (lower, upper),
        Motion.TILT_DOWN: (upper, lower),
        Motion.HOLD: (centre, Viewport(x=0.5, y=0.5, zoom=_HOLD_ZOOM)),
    }
    start, end = moves[motion]
    return Move(start=start, end=end)


_TURNED_SIDEWAYS = {Motion.TILT_UP: Motion.PAN_RIGHT, Motion.TILT_DOWN: Motion.PAN_LEFT}
_TURNED_UPRIGHT = {Motion.PAN_LEFT: Motion.TILT_UP, Motion.PAN_RIGHT: Motion.TILT_DOWN}


def _travel(part: float, zoom: float, duration_s: float) -> float:
    """How far the centre may move along one side, as a fraction of the picture's side."""
    seen = part / zoom
    return min(1 - seen, _TRAVEL_PER_S * duration_s * seen)


def _eased(progress: float) -> float:
    """Constant speed between two even ramps: distance is the integral of a trapezium."""
    if progress < _RAMP:
        return progress**2 / (2 * _RAMP * (1 - _RAMP))
    if progress > 1 - _RAMP:
        return 1 - _eased(1 - progress)
    return (progress - _RAMP / 2) / (1 - _RAMP)
