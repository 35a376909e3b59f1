"""The child process that decodes, draws and encodes: `python -m app.film.worker`.

Reads one job per line on stdin and answers on stdout (`jobs`), until stdin ends. Only here are
untrusted pictures opened. Several jobs share a process because starting one costs half a second.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import assert_never

import cv2

from app.film.assembly import assemble
from app.film.camera import Size
from app.film.clips import first_frame, inspect_clip
from app.film.glyphs import glyphs_missing
from app.film.jobs import (
    JOBS,
    Answer,
    AssembleFilm,
    ClipInspected,
    ClipReady,
    DevelopPhoto,
    DrawPreview,
    DrawStills,
    Finished,
    FramesDone,
    InspectClip,
    Job,
    MixSound,
    PictureReady,
    PrepareClip,
    PreparePicture,
    Refused,
    RenderSegment,
    StillsDrawn,
)
from app.film.measuring import look_at
from app.film.pictures import develop, photo_size, working_picture
from app.film.planes import Planes
from app.film.segments import render_segment
from app.film.shots import Clip, PictureFiles, WorkingPicture
from app.film.sound import encode_sound, mix_sound
from app.film.stills import draw_poster, draw_preview, draw_storyboard
from app.film.values import FilmError
from common.confined import Say, allow_cpu, answer_requests, confine

#: Far above what a 4K segment takes; a decoder gone wild meets it first.
_MEMORY_BYTES = 6 << 30
_FILE_BYTES = 4 << 30

#: Far above what any provider makes.
_MOST_CLIP_MEGAPIXELS = 10


def main() -> None:
    """Answer jobs until there are no more."""
    confine(memory_bytes=_MEMORY_BYTES, file_bytes=_FILE_BYTES)
    cv2.setNumThreads(1)
    answer_requests(_answer)


def _answer(request: str, say: Say) -> None:
    job = JOBS.validate_json(request)
    allow_cpu(job.cpu_limit_s)

    def tell(answer: Answer) -> None:
        say(answer.model_dump_json())

    try:
        tell(_do(job, lambda frames: tell(FramesDone(frames=frames))))
    except FilmError as error:
        tell(Refused(code=error.code, detail=error.detail))


def _do(job: Job, tell: Callable[[int], None]) -> Answer:
    match job:
        case PreparePicture():
            return _prepare(job)
        case PrepareClip():
            return _prepare_clip(job)
        case DevelopPhoto():
            develop(job.photo, job.size, job.target, max_megapixels=job.max_megapixels)
        case InspectClip():
            return ClipInspected(facts=inspect_clip(job.clip))
        case RenderSegment():
            render_segment(job.segment, job.pictures, job.target, tell)
        case DrawStills():
            draw_poster(job.plan, job.pictures, job.poster)
            draw_storyboard(job.plan, job.pictures, job.storyboard)
            return StillsDrawn(glyphs_missing=glyphs_missing(job.plan))
        case DrawPreview():
            draw_preview(job.plan, job.pictures, job.target)
        case MixSound():
            mixed = job.target.with_suffix(".wav")
            mix_sound(job.music, job.speech, job.seconds, mixed)
            encode_sound(mixed, job.target)
        case AssembleFilm():
            assemble(job.segments, job.film, job.frame, job.frames, sound=job.sound, tags=job.tags)
        case _:
            assert_never(job)
    return Finished()


def _prepare(job: PreparePicture) -> PictureReady:
    frame = Size(job.frame.width, job.frame.height)
    planes = working_picture(
        job.photo,
        frame,
        is_plan=job.is_plan,
        max_megapixels=job.max_megapixels,
        seconds=job.seconds,
    )
    return PictureReady(picture=_kept(planes, job.photo, job.pictures))


def _prepare_clip(job: PrepareClip) -> ClipReady:
    facts = inspect_clip(job.clip)
    sha256 = hashlib.sha256(job.clip.read_bytes()).hexdigest()
    with suppress(FileExistsError):  # another scene's clip, of the same bytes
        job.pictures.clip(sha256).hardlink_to(job.clip)
    still = job.clip.with_suffix(".png")
    first_frame(job.clip, still)
    frame = Size(job.frame.width, job.frame.height)
    planes = working_picture(still, frame, is_plan=False, max_megapixels=_MOST_CLIP_MEGAPIXELS)
    return ClipReady(
        clip=Clip(sha256=sha256, facts=facts), picture=_kept(planes, still, job.pictures)
    )


def _kept(planes: Planes, photo: Path, pictures: PictureFiles) -> WorkingPicture:
    sha256 = hashlib.sha256(planes.buffer.data).hexdigest()
    planes.save(pictures.path(sha256))
    width, height = planes.size
    return WorkingPicture(
        sha256=sha256,
        width=width,
        height=height,
        enlarged=round(max(planes.size) / max(photo_size(photo)), 3),
        look=look_at(planes),
    )


if __name__ == "__main__":
    main()
