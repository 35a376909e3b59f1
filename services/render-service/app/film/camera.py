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

_LEAST_ZOOM = 1.045
_CENTRE = (0.5, 0.5)

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

    def reversed(self) -> "Move":
        """The same way back."""
        return Move(start=self.end, end=self.start)

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


def camera_move(
    motion: Motion,
    picture: Size,
    frame: Size,
    duration_s: float,
    *,
    focus: tuple[float, float] = _CENTRE,
    pace: float = 1.0,
    tightest: float = TIGHTEST_ZOOM,
) -> Move:
    """The move for a motion over a picture, towards or about its `focus` (fractions of its sides).

    Where the frame is much narrower than the picture, a push or pull also drifts along the hidden
    side and a move across it is turned along it, so that a wide photo is shown in a tall film.
    `pace` below 1 slows it down; `tightest` bounds the zoom, for photos of few pixels.
    """
    parts = visible_part(picture, frame)
    if parts[0] < _NARROW:
        motion = _TURNED_SIDEWAYS.get(motion, motion)
    elif parts[1] < _NARROW:
        motion = _TURNED_UPRIGHT.get(motion, motion)
    seconds = duration_s * pace
    match motion:
        case Motion.PUSH_IN | Motion.PULL_OUT:
            move = _push(parts, focus, seconds, tightest)
        case Motion.PAN_LEFT | Motion.PAN_RIGHT:
            move = _across(0, parts, focus, seconds)
        case Motion.TILT_UP | Motion.TILT_DOWN:
            move = _across(1, parts, focus, seconds)
        case Motion.HOLD:
            x, y = (_held(focus[side], parts[side]) for side in (0, 1))
            move = Move(start=Viewport(x=x, y=y, zoom=1), end=Viewport(x=x, y=y, zoom=_HOLD_ZOOM))
    return move.reversed() if motion in _REVERSED else move


def share_shown(picture: Size, frame: Size, duration_s: float) -> float:
    """How much of a picture a move along its hidden side shows in that time, 0–1."""
    return min(part + _travel(part, 1, duration_s) for part in visible_part(picture, frame))


def _push(
    parts: tuple[float, float], focus: tuple[float, float], seconds: float, tightest: float
) -> Move:
    """From the whole view to a tighter one about the focus."""
    zoom = min(max(1 + _ZOOM_PER_S * seconds, _LEAST_ZOOM), tightest)
    ends = [_held(focus[side], parts[side] / zoom) for side in (0, 1)]
    starts = [_approach(ends[side], parts[side], seconds) for side in (0, 1)]
    return Move(
        start=Viewport(x=starts[0], y=starts[1], zoom=1),
        end=Viewport(x=ends[0], y=ends[1], zoom=zoom),
    )


def _approach(end: float, part: float, seconds: float) -> float:
    """Where a push begins along one side: near its end, or a way off along a hidden side."""
    if part >= _NARROW:
        return _held(end, part)
    way = _travel(part, 1, seconds)
    return _held(end - way if end >= 0.5 else end + way, part)


def _across(
    side: int, parts: tuple[float, float], focus: tuple[float, float], seconds: float
) -> Move:
    """Along one side, from its beginning to its end, so that the focus is passed or reached."""
    zoom = max(_PAN_ZOOM * parts[side], 1.0)
    seen = [part / zoom for part in parts]
    half = _travel(parts[side], zoom, seconds) / 2
    middle = _held(focus[side], seen[side] + 2 * half)
    other = _held(focus[1 - side], seen[1 - side])
    views = []
    for along in (middle - half, middle + half):
        x, y = (along, other) if side == 0 else (other, along)
        views.append(Viewport(x=x, y=y, zoom=zoom))
    return Move(start=views[0], end=views[1])


def _held(centre: float, seen: float) -> float:
    """The centre nearest to the one wished at which a view of that length shows no edge."""
    return min(max(centre, seen / 2), 1 - seen / 2)


_REVERSED = frozenset({Motion.PULL_OUT, Motion.PAN_LEFT, Motion.TILT_UP})
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
