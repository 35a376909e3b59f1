"""Where the frames of a shot come from."""

from functools import lru_cache
from typing import Protocol, assert_never

import numpy as np

from app.film.camera import Move, Viewport
from app.film.cards import card_ground, card_text
from app.film.formats import FrameFormat
from app.film.overlays import Overlay, lower_text
from app.film.planes import Planes, warp
from app.film.shots import CardShot, PictureFiles, Shot, StillShot

#: How long text takes to come up, in seconds.
_TEXT_FADE_S = 0.35

#: The share of a picture's height, from its foot, that may pass under drawn text.
_UNDER_TEXT = 0.6

#: Past the roofs and a little nearer: enough for a card not to look like a frozen film.
_CARD_MOVE = Move(
    start=Viewport(x=0.465, y=0.48, zoom=1.08), end=Viewport(x=0.535, y=0.53, zoom=1.14)
)


class FrameSource(Protocol):
    """Draws any frame of a shot, in any order."""

    def draw(self, index: int, frame: Planes) -> None:
        """Fill `frame` with frame `index` of the shot."""


class StillCamera:
    """A camera move over a still picture, with text that comes up over it."""

    def __init__(
        self,
        picture: Planes,
        move: Move,
        frames: int,
        *,
        overlay: Overlay | None,
        text_from: int,
        fps: int,
    ) -> None:
        self._picture = picture
        self._move = move
        self._last = max(frames - 1, 1)
        self._overlay = overlay
        self._text_from = text_from
        self._text_fade = _TEXT_FADE_S * fps

    def draw(self, index: int, frame: Planes) -> None:
        """Warp the picture for this instant, then lay the text over it."""
        warp(self._picture, self._move.at(index / self._last), frame)
        opacity = min((index + 1 - self._text_from) / self._text_fade, 1.0)
        if self._overlay is not None and opacity > 0:
            self._overlay.blend(frame, opacity)


@lru_cache(maxsize=4)
def open_source(shot: Shot, frame: FrameFormat, pictures: PictureFiles) -> FrameSource:
    """Get a shot ready to be drawn; kept for the cross-fades on either side of its body."""
    match shot:
        case StillShot():
            picture = Planes.load(pictures.path(shot.picture.sha256), shot.picture.size)
            overlay = lower_text(shot.text, frame, _brightness(picture)) if shot.text else None
            move = shot.move
        case CardShot():
            picture = card_ground(shot.palette, frame)
            overlay = card_text(shot.title, shot.text, frame) if shot.title or shot.text else None
            move = _CARD_MOVE
        case _:
            assert_never(shot)
    return StillCamera(
        picture, move, shot.frames, overlay=overlay, text_from=shot.text_from, fps=frame.fps
    )


def _brightness(picture: Planes) -> int:
    """The grey level (0–255) that 98 % of the picture's lower part stays under."""
    foot = picture.y[round(picture.size.height * (1 - _UNDER_TEXT)) :: 4, ::4]
    luma = float(np.percentile(foot, 98))
    return round((luma - 16) * 255 / 219)
