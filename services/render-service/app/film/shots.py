"""What a scene shows and the segments that a film is cut into, as values for the child that draws.

A further kind of picture is one more class of this union, one more `sources.FrameSource`, and the
case in which `plan` takes it. The rest of the film only asks whether a shot `is_drawn`.
"""

import hashlib
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.film.camera import Move, Size
from app.film.formats import FrameFormat
from app.film.grading import Grade
from app.film.looks import Look
from app.film.titling import Titling
from app.film.values import Value


class WorkingPicture(Value):
    """A decoded photo as the child that decoded it left it; `sha256` is of its planes.

    `enlarged` tells how many of its pixels along a side were made of one of the photo's.
    """

    sha256: str
    width: int
    height: int
    enlarged: float = 1.0
    look: Look = Look()

    @property
    def size(self) -> Size:
        """In pixels."""
        return Size(self.width, self.height)


class StillShot(Value):
    """A camera move over a photo, `frames` long, with its words from frame `text_from` on."""

    is_drawn: ClassVar[bool] = False
    kind: Literal["still"] = "still"
    frames: int
    picture: WorkingPicture
    move: Move
    grade: Grade = Grade()
    titling: Titling
    text_from: int


class ClipFacts(Value):
    """What a clip was found to be: its size in pixels, its frames, their number per second."""

    width: int
    height: int
    frames: int
    fps: float


class Clip(Value):
    """A clip that its provider made, by the sha256 of its file."""

    sha256: str
    facts: ClipFacts


class ClipShot(Value):
    """A clip played for `frames` frames, with its words from frame `text_from` on."""

    is_drawn: ClassVar[bool] = False
    kind: Literal["clip"] = "clip"
    frames: int
    clip: Clip
    titling: Titling
    text_from: int


class CardShot(Value):
    """A drawn card: words on a picture out of focus, or on a ground of one of the `palette`s."""

    is_drawn: ClassVar[bool] = True
    kind: Literal["card"] = "card"
    frames: int
    titling: Titling
    backdrop: WorkingPicture | None
    palette: int
    text_from: int


#: Each `is_drawn` when it has no picture of the property to show.
Shot = Annotated[StillShot | ClipShot | CardShot, Field(discriminator="kind")]


class Take(Value):
    """A stretch of a shot, from its frame `first` on."""

    shot: Shot
    first: int


#: Part of every segment's key: raise it when the same segment would come out looking different.
_LOOK = 5


class BurnedCaption(Value):
    """A caption drawn into the frames of a segment from `start` up to, not including, `end`."""

    start: int
    end: int
    text: str


class Segment(Value):
    """A scene's body (one take) or a cross-fade (two takes), `frames` long."""

    frame: FrameFormat
    frames: int
    takes: tuple[Take, ...] = Field(min_length=1, max_length=2)
    captions: tuple[BurnedCaption, ...] = ()

    @property
    def key(self) -> str:
        """The same for segments that look the same, wherever their files lie."""
        content = f"{_LOOK}:{self.model_dump_json()}"
        return hashlib.sha256(content.encode()).hexdigest()


class PictureFiles(Value):
    """Where working pictures and clips lie, by their sha256."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """The file of a working picture."""
        return self.folder / f"{sha256}.npy"

    def clip(self, sha256: str) -> Path:
        """The file of a clip."""
        return self.folder / f"{sha256}.mp4"
