"""The child process that decodes, draws and encodes: `python -m app.film.worker`.

Reads one job per line on stdin and answers on stdout (`jobs`), until stdin ends. Only here are
untrusted pictures opened. Several jobs share a process because starting one costs half a second.
"""

import hashlib
from collections.abc import Callable
from typing import assert_never

import cv2

from app.film.assembly import assemble, take_poster
from app.film.camera import Size
from app.film.jobs import (
    JOBS,
    Answer,
    AssembleFilm,
    Finished,
    FramesDone,
    Job,
    PictureReady,
    PreparePicture,
    Refused,
    RenderSegment,
)
from app.film.pictures import working_picture
from app.film.segments import render_segment
from app.film.values import FilmError
from common.confined import Say, allow_cpu, answer_requests, confine

#: Far above what a 4K segment takes; a decoder gone wild meets it first.
_MEMORY_BYTES = 6 << 30
_FILE_BYTES = 4 << 30


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
        case RenderSegment():
            render_segment(job.segment, job.pictures, job.target, tell)
        case AssembleFilm():
            assemble(job.segments, job.film, job.frame, job.frames)
            take_poster(job.film, job.poster, job.poster_frame / job.frame.fps)
        case _:
            assert_never(job)
    return Finished()


def _prepare(job: PreparePicture) -> PictureReady:
    frame = Size(job.frame.width, job.frame.height)
    planes = working_picture(
        job.photo, frame, is_plan=job.is_plan, max_megapixels=job.max_megapixels
    )
    sha256 = hashlib.sha256(planes.buffer.data).hexdigest()
    planes.save(job.pictures.path(sha256))
    return PictureReady(sha256=sha256, width=planes.size.width, height=planes.size.height)


if __name__ == "__main__":
    main()
