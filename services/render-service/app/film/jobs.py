"""What the studio asks of its child processes and what they answer: one JSON object per line."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.film.formats import FrameFormat
from app.film.shots import PictureFiles, Segment
from app.film.values import Value


class PreparePicture(Value):
    """Decode an untrusted photo into a working picture in `pictures`."""

    kind: Literal["prepare_picture"] = "prepare_picture"
    cpu_limit_s: int
    photo: Path
    is_plan: bool
    max_megapixels: int
    frame: FrameFormat
    pictures: PictureFiles


class RenderSegment(Value):
    """Draw and encode one segment."""

    kind: Literal["render_segment"] = "render_segment"
    cpu_limit_s: int
    segment: Segment
    pictures: PictureFiles
    target: Path


class AssembleFilm(Value):
    """Join segments into the film, and take its poster from frame `poster_frame`."""

    kind: Literal["assemble_film"] = "assemble_film"
    cpu_limit_s: int
    segments: tuple[Path, ...]
    frame: FrameFormat
    frames: int
    film: Path
    poster: Path
    poster_frame: int


Job = Annotated[PreparePicture | RenderSegment | AssembleFilm, Field(discriminator="kind")]


class FramesDone(Value):
    """So many frames of the job in hand are encoded."""

    kind: Literal["frames_done"] = "frames_done"
    frames: int


class PictureReady(Value):
    """A working picture has been kept."""

    kind: Literal["picture_ready"] = "picture_ready"
    sha256: str
    width: int
    height: int


class Finished(Value):
    """The job's files are written."""

    kind: Literal["finished"] = "finished"


class Refused(Value):
    """The job cannot be done, and why."""

    kind: Literal["refused"] = "refused"
    code: str
    detail: str


Answer = Annotated[FramesDone | PictureReady | Finished | Refused, Field(discriminator="kind")]

JOBS: TypeAdapter[Job] = TypeAdapter(Job)
ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
