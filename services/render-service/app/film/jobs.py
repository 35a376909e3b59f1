"""What the studio asks of its child processes and what they answer: one JSON object per line."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from app.film.camera import Size
from app.film.formats import FrameFormat
from app.film.plan import FilmPlan
from app.film.shots import Clip, ClipFacts, PictureFiles, Segment, WorkingPicture
from app.film.tags import FilmTags
from app.film.values import Value
from app.film.voicing import Spoken


class PreparePicture(Value):
    """Decode an untrusted photo into a working picture in `pictures`, seen for some seconds."""

    kind: Literal["prepare_picture"] = "prepare_picture"
    cpu_limit_s: int
    photo: Path
    is_plan: bool
    seconds: float
    max_megapixels: int
    frame: FrameFormat
    pictures: PictureFiles


class DevelopPhoto(Value):
    """Decode an untrusted photo and write its middle as a JPEG of a shape, without metadata."""

    kind: Literal["develop_photo"] = "develop_photo"
    cpu_limit_s: int
    photo: Path
    size: Size
    target: Path
    max_megapixels: int


class InspectClip(Value):
    """Decode an untrusted clip from its first frame to its last."""

    kind: Literal["inspect_clip"] = "inspect_clip"
    cpu_limit_s: int
    clip: Path


class PrepareClip(Value):
    """Decode an untrusted clip, and keep it and its first frame in `pictures`."""

    kind: Literal["prepare_clip"] = "prepare_clip"
    cpu_limit_s: int
    clip: Path
    frame: FrameFormat
    pictures: PictureFiles


class RenderSegment(Value):
    """Draw and encode one segment."""

    kind: Literal["render_segment"] = "render_segment"
    cpu_limit_s: int
    segment: Segment
    pictures: PictureFiles
    target: Path


class DrawStills(Value):
    """Draw a film's poster and its storyboard, both JPEG."""

    kind: Literal["draw_stills"] = "draw_stills"
    cpu_limit_s: int
    plan: FilmPlan
    pictures: PictureFiles
    poster: Path
    storyboard: Path


class DrawPreview(Value):
    """Draw a film's preview, an animated WebP."""

    kind: Literal["draw_preview"] = "draw_preview"
    cpu_limit_s: int
    plan: FilmPlan
    pictures: PictureFiles
    target: Path


class MixSound(Value):
    """Write a film's sound as AAC: music or the bed of our own, under what is spoken."""

    kind: Literal["mix_sound"] = "mix_sound"
    cpu_limit_s: int
    music: Path | None
    speech: tuple[Spoken, ...]
    seconds: float
    target: Path


class AssembleFilm(Value):
    """Join segments into the film; without `sound` its soundtrack is silence."""

    kind: Literal["assemble_film"] = "assemble_film"
    cpu_limit_s: int
    segments: tuple[Path, ...]
    frame: FrameFormat
    frames: int
    sound: Path | None
    film: Path
    tags: FilmTags


Job = (
    PreparePicture
    | PrepareClip
    | DevelopPhoto
    | InspectClip
    | RenderSegment
    | DrawStills
    | DrawPreview
    | MixSound
    | AssembleFilm
)


class FramesDone(Value):
    """So many frames of the job in hand are encoded."""

    kind: Literal["frames_done"] = "frames_done"
    frames: int


class PictureReady(Value):
    """A working picture has been kept."""

    kind: Literal["picture_ready"] = "picture_ready"
    picture: WorkingPicture


class ClipInspected(Value):
    """A clip decodes to its end."""

    kind: Literal["clip_inspected"] = "clip_inspected"
    facts: ClipFacts


class ClipReady(Value):
    """A clip and its first frame, as a working picture, have been kept."""

    kind: Literal["clip_ready"] = "clip_ready"
    clip: Clip
    picture: WorkingPicture


class StillsDrawn(Value):
    """Poster and storyboard are written; signs that no typeface has, by position of their scene."""

    kind: Literal["stills_drawn"] = "stills_drawn"
    glyphs_missing: dict[int, str]


class Finished(Value):
    """The job's files are written."""

    kind: Literal["finished"] = "finished"


class Refused(Value):
    """The job cannot be done, and why."""

    kind: Literal["refused"] = "refused"
    code: str
    detail: str


Outcome = PictureReady | ClipReady | ClipInspected | StillsDrawn | Finished | Refused
Answer = FramesDone | Outcome

JOBS: TypeAdapter[Job] = TypeAdapter(Annotated[Job, Field(discriminator="kind")])
ANSWERS: TypeAdapter[Answer] = TypeAdapter(Annotated[Answer, Field(discriminator="kind")])
