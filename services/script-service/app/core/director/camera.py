"""The camera: a move per room that never repeats twice running, told as the lens moves."""

from types import MappingProxyType

from app.core.brief import Tone
from app.core.director.choice import Chooser
from contracts.asset import Room
from contracts.script import Motion

_IN, _OUT, _LEFT, _RIGHT, _UP, _DOWN, _HOLD = Motion

_MOVES = MappingProxyType(
    {
        Room.EXTERIOR: (_IN, _UP, _RIGHT, _LEFT),
        Room.HALLWAY: (_IN, _LEFT, _RIGHT),
        Room.LIVING_ROOM: (_RIGHT, _LEFT, _IN),
        Room.DINING_ROOM: (_OUT, _LEFT, _RIGHT),
        Room.KITCHEN: (_LEFT, _RIGHT, _IN),
        Room.BEDROOM: (_IN, _RIGHT, _OUT),
        Room.BATHROOM: (_DOWN, _UP, _IN),
        Room.OFFICE: (_IN, _LEFT),
        Room.OTHER: (_IN, _RIGHT, _OUT),
        Room.TERRACE: (_OUT, _RIGHT, _LEFT),
        Room.GARDEN: (_LEFT, _RIGHT, _OUT),
        Room.POOL: (_RIGHT, _OUT, _UP),
        Room.VIEW: (_OUT, _RIGHT, _UP),
        Room.GARAGE: (_IN, _LEFT),
        Room.PLAN: (_HOLD, _IN),
    }
)
_CARD_MOVES = (_HOLD, _IN)

_LENS = MappingProxyType(
    {
        _IN: "push in along the lens axis",
        _OUT: "pull back along the lens axis",
        _LEFT: "pan to the left on a level horizon",
        _RIGHT: "pan to the right on a level horizon",
        _UP: "tilt upwards with straight verticals",
        _DOWN: "tilt downwards with straight verticals",
        _HOLD: "locked-off shot, no camera movement",
    }
)
_PACE = MappingProxyType(
    {
        Tone.NEUTRAL: "Slow, steady",
        Tone.WARM: "Soft, gentle",
        Tone.LUXURY: "Very slow, gliding",
        Tone.DYNAMIC: "Confident, fluid",
    }
)


class Camera:
    """Moves from scene to scene; it remembers the last move."""

    def __init__(self, chooser: Chooser, tone: Tone) -> None:
        self._chooser = chooser
        self._pace = _PACE[tone]
        self._last: Motion | None = None

    def move(self, room: Room, index: int, *, card: bool, best: Motion | None = None) -> Motion:
        """The move of the next scene, another one than that before it.

        `best` is the one that suits the picture; a camera that does not move is for plans alone.
        """
        moves = _CARD_MOVES if card else _MOVES[room]
        options = [motion for motion in moves if motion is not self._last]
        suits = best is not None and best is not self._last
        if best is not None and suits and (best is not _HOLD or room is Room.PLAN):
            options = [best]
        self._last = self._chooser.choose(options, f"camera {index}")
        return self._last

    def prompt(self, motion: Motion) -> str:
        """The move in words for a video model; never what is in the room."""
        if motion is Motion.HOLD:
            return f"{_LENS[motion].capitalize()}; everything stays as in the picture."
        return f"{self._pace} {_LENS[motion]}; everything stays as in the picture."
