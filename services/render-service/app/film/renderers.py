"""The processes that decode, draw and encode (`common.children`): typed jobs and their limits."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from app.film.jobs import (
    ANSWERS,
    AssembleFilm,
    ClipInspected,
    ClipReady,
    DevelopPhoto,
    DrawPreview,
    DrawStills,
    FramesDone,
    InspectClip,
    Job,
    MixSound,
    Outcome,
    PictureReady,
    PrepareClip,
    PreparePicture,
    Refused,
    RenderSegment,
    StillsDrawn,
)
from app.film.shots import ClipFacts, WorkingPicture
from app.film.values import FilmError
from common.children import Child, ChildFailed, Children

_SERVICE_ROOT = Path(__file__).parents[2]

#: A child may wait for a busy machine, but not for ever: wall-clock seconds per CPU second allowed.
_PATIENCE = 10

FramesHeard = Callable[[int], None]


def _ignore(_frames: int) -> None:
    """For jobs whose progress nobody follows."""


class Renderers:
    """A fixed number of child processes that decode, draw and encode."""

    def __init__(self, children: Children) -> None:
        self._children = children
        self.count = children.count

    @classmethod
    @asynccontextmanager
    async def of(cls, count: int) -> AsyncIterator[Self]:
        """So many; none is left when the context ends, however it ends."""
        children = Children("app.film.worker", _SERVICE_ROOT, count, _environment())
        try:
            yield cls(children)
        finally:
            await children.close()

    async def prepare(self, job: PreparePicture) -> WorkingPicture:
        """Have a photo decoded. Raises FilmError."""
        answer = await self._do(job, _ignore)
        if not isinstance(answer, PictureReady):
            raise TypeError(f"a picture was asked for, not {answer.kind}")
        return answer.picture

    async def prepare_clip(self, job: PrepareClip) -> ClipReady:
        """Have a clip made ready to be played. Raises FilmError."""
        answer = await self._do(job, _ignore)
        if not isinstance(answer, ClipReady):
            raise TypeError(f"a clip was asked for, not {answer.kind}")
        return answer

    async def develop(self, job: DevelopPhoto) -> None:
        """Have a photo made ready to be sent. Raises FilmError."""
        await self._do(job, _ignore)

    async def inspect(self, job: InspectClip) -> ClipFacts:
        """Have a clip decoded. Raises FilmError."""
        answer = await self._do(job, _ignore)
        if not isinstance(answer, ClipInspected):
            raise TypeError(f"a clip was to be inspected, not {answer.kind}")
        return answer.facts

    async def render(self, job: RenderSegment, heard: FramesHeard) -> None:
        """Have a segment drawn and encoded; `heard` is told how many frames are done."""
        await self._do(job, heard)

    async def draw_stills(self, job: DrawStills) -> StillsDrawn:
        """Have poster and storyboard drawn. Raises FilmError."""
        answer = await self._do(job, _ignore)
        if not isinstance(answer, StillsDrawn):
            raise TypeError(f"stills were asked for, not {answer.kind}")
        return answer

    async def draw_preview(self, job: DrawPreview) -> None:
        """Have the preview drawn. Raises FilmError."""
        await self._do(job, _ignore)

    async def mix(self, job: MixSound) -> None:
        """Have a film's sound made. Raises FilmError."""
        await self._do(job, _ignore)

    async def assemble(self, job: AssembleFilm) -> None:
        """Have segments joined. Raises FilmError."""
        await self._do(job, _ignore)

    async def _do(self, job: Job, heard: FramesHeard) -> Outcome:
        """Wait for a child and have the job done.

        A child that was interrupted, crashed or ran out of time is not used again.
        """
        try:
            async with (
                self._children.child() as child,
                asyncio.timeout(job.cpu_limit_s * _PATIENCE),
            ):
                answer = await _final_answer(child, job, heard)
        except TimeoutError as error:
            raise FilmError("time_limit", "the renderer ran out of time") from error
        except ChildFailed as error:
            raise FilmError("renderer_crashed", f"the renderer {error}") from error
        if isinstance(answer, Refused):
            raise FilmError(answer.code, answer.detail)
        return answer


async def _final_answer(child: Child, job: Job, heard: FramesHeard) -> Outcome:
    await child.ask(job.model_dump_json())
    while True:
        answer = ANSWERS.validate_json(await child.hear())
        if not isinstance(answer, FramesDone):
            return answer
        heard(answer.frames)


def _environment() -> dict[str, str]:
    """Which ffmpeg, when it is not the wheel's; and one thread per child for its arithmetic."""
    passed_on = {name: os.environ[name] for name in ("IMAGEIO_FFMPEG_EXE",) if name in os.environ}
    return {**passed_on, "OPENBLAS_NUM_THREADS": "1"}
