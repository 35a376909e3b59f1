"""The child process that decodes, draws and encodes: `python -m app.film.worker`.

Reads one job per line on stdin and answers on stdout (`jobs`), until stdin ends. Only here are
untrusted pictures opened. Several jobs share a process because starting one costs half a second.
"""

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
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
from app.film.limits import allow_cpu, confine, die_with_parent
from app.film.pictures import working_picture
from app.film.segments import render_segment
from app.film.values import FilmError


def main() -> None:
    """Answer jobs until there are no more."""
    die_with_parent()
    signal.signal(signal.SIGTERM, _leave)
    confine()
    cv2.setNumThreads(1)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints spoils no answer

    def say(answer: Answer) -> None:
        answers.write(answer.model_dump_json() + "\n")

    for line in sys.stdin:
        job = JOBS.validate_json(line)
        allow_cpu(job.cpu_limit_s)
        try:
            say(_do(job, lambda frames: say(FramesDone(frames=frames))))
        except FilmError as error:
            say(Refused(code=error.code, detail=error.detail))


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Unwind, so that an ffmpeg in hand is ended and reaped."""
    raise SystemExit(0)


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
