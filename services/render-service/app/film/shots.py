"""What a scene shows, as values that travel to the child which draws it.

A further kind of picture (a clip from a provider, say) is one more class of this union and one
more `sources.FrameSource`; nothing else of the film knows what a shot is made of.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from app.film.camera import Move, Size
from app.film.values import Value


class WorkingPicture(Value):
    """A decoded photo as the child that decoded it left it; `sha256` is of its planes."""

    sha256: str
    width: int
    height: int

    @property
    def size(self) -> Size:
        """In pixels."""
        return Size(self.width, self.height)


class StillShot(Value):
    """A camera move over a photo, `frames` long, with text from frame `text_from` on."""

    kind: Literal["still"] = "still"
    frames: int
    picture: WorkingPicture
    move: Move
    text: str
    text_from: int


class CardShot(Value):
    """A drawn card: a title and a line of text on a ground of one of the `palette`s."""

    kind: Literal["card"] = "card"
    frames: int
    title: str
    text: str
    palette: int
    text_from: int


Shot = Annotated[StillShot | CardShot, Field(discriminator="kind")]


class Take(Value):
    """A stretch of a shot, from its frame `first` on."""

    shot: Shot
    first: int


class PictureFiles(Value):
    """Where working pictures lie, by their sha256."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """The file of one of them."""
        return self.folder / f"{sha256}.npy"
