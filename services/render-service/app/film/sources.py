"""Where the frames of a shot come from."""

from functools import lru_cache
from typing import Protocol, assert_never

from app.film.camera import Move, Size, Viewport
from app.film.cards import backdrop, drawn_ground
from app.film.clips import ClipFrames
from app.film.formats import FrameFormat
from app.film.grading import Grade
from app.film.lettering.draw import on_card, over_picture
from app.film.lettering.scrims import Ground
from app.film.overlays import Overlay
from app.film.planes import Planes
from app.film.resampling import Resampler
from app.film.shots import CardShot, ClipShot, PictureFiles, Shot, StillShot, WorkingPicture
from app.film.toning import graded

#: How long text takes to come up, in seconds.
_TEXT_FADE_S = 0.4

#: Past the roofs and a little nearer: enough for a card not to look like a frozen film.
_CARD_MOVE = Move(
    start=Viewport(x=0.465, y=0.48, zoom=1.08), end=Viewport(x=0.535, y=0.53, zoom=1.14)
)

#: Working pictures are about 1.25 times the frame, so a halved one is still larger than it.
_MUCH_LARGER = 2.2


class FrameSource(Protocol):
    """Draws any frame of a shot, in any order."""

    def draw(self, index: int, frame: Planes) -> None:
        """Fill `frame` with frame `index` of the shot."""


class PictureSource(FrameSource, Protocol):
    """A source without words, that words may be laid over."""

    def ground(self, frame: Size) -> Ground:
        """What passes under words in a frame of that size."""


class StillCamera:
    """A camera move over a still picture."""

    def __init__(self, picture: Planes, move: Move, frames: int) -> None:
        self._picture = picture
        self._resampler = Resampler(picture)
        self._move = move
        self._last = max(frames - 1, 1)

    def draw(self, index: int, frame: Planes) -> None:
        """What the camera sees at this instant."""
        self._resampler.draw(self._move.at(index / self._last), frame)

    def ground(self, frame: Size) -> Ground:
        """The picture and the move over it."""
        return Ground(self._picture, self._move, frame)


class Lettered:
    """A source with words that come up over it from a frame on."""

    def __init__(
        self, source: FrameSource, overlay: Overlay | None, *, text_from: int, fps: int
    ) -> None:
        self._source = source
        self._overlay = overlay
        self._text_from = text_from
        self._text_fade = _TEXT_FADE_S * fps

    def draw(self, index: int, frame: Planes) -> None:
        """Draw the source, then lay the words over it."""
        self._source.draw(index, frame)
        opacity = min((index + 1 - self._text_from) / self._text_fade, 1.0)
        if self._overlay is not None and opacity > 0:
            self._overlay.blend(frame, opacity)


@lru_cache(maxsize=4)
def open_source(shot: Shot, frame: FrameFormat, pictures: PictureFiles) -> FrameSource:
    """Get a shot ready to be drawn; kept for the cross-fades on either side of its body."""
    source = open_picture(shot, frame, pictures)
    if shot.is_drawn:
        overlay = on_card(shot.titling, frame)
    else:
        overlay = over_picture(shot.titling, frame, source.ground(Size(frame.width, frame.height)))
    return Lettered(source, overlay, text_from=shot.text_from, fps=frame.fps)


def open_picture(shot: Shot, frame: FrameFormat, pictures: PictureFiles) -> PictureSource:
    """Get what a shot shows ready to be drawn, without its words."""
    match shot:
        case StillShot():
            picture = _loaded(shot.picture, frame, pictures)
            picture = graded(picture, shot.grade) if shot.grade != Grade() else picture
            return StillCamera(picture, shot.move, shot.frames)
        case ClipShot():
            return ClipFrames(pictures.clip(shot.clip.sha256), shot.clip.facts, shot.frames, frame)
        case CardShot():
            return StillCamera(_ground(shot, frame, pictures), _CARD_MOVE, shot.frames)
        case _:
            assert_never(shot)


def _ground(shot: CardShot, frame: FrameFormat, pictures: PictureFiles) -> Planes:
    if shot.backdrop is None:
        return drawn_ground(shot.palette, frame)
    return backdrop(_loaded(shot.backdrop, frame, pictures), frame)


def _loaded(picture: WorkingPicture, frame: FrameFormat, pictures: PictureFiles) -> Planes:
    """A working picture, halved for frames much smaller than it was made for (thumbnails)."""
    planes = Planes.load(pictures.path(picture.sha256), picture.size)
    while min(planes.size) >= _MUCH_LARGER * frame.short_side:
        planes = planes.halved()
    return planes
