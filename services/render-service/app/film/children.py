"""The parent's side of the child processes: start, ask, limit, end.

A child runs in its own session, so that killing its group takes its ffmpeg along; it also dies by
itself when this process does (`limits.die_with_parent`). Its environment holds no secret of ours.
"""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO, Self, cast

from app.film.jobs import (
    ANSWERS,
    AssembleFilm,
    Finished,
    FramesDone,
    PictureReady,
    PreparePicture,
    Refused,
    RenderSegment,
)
from app.film.values import FilmError

_SERVICE_ROOT = Path(__file__).parents[2]
_PASSED_ON = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "IMAGEIO_FFMPEG_EXE")

#: A child may wait for a busy machine, but not for ever: wall-clock seconds per CPU second allowed.
_PATIENCE = 10

#: How long a child may take to leave by itself, in seconds.
_LAST_MOMENT_S = 3.0

FramesHeard = Callable[[int], None]


def _ignore(_frames: int) -> None:
    """For jobs whose progress nobody follows."""


class _Child:
    """One process; it takes one job at a time."""

    def __init__(self, process: Process, complaints: IO[bytes]) -> None:
        self._process = process
        self._complaints = complaints

    @classmethod
    async def start(cls) -> Self:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        complaints = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 -- closed by end
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.film.worker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=complaints,
            cwd=_SERVICE_ROOT,
            env={**environment, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        return cls(process, complaints)

    async def do(
        self, job: PreparePicture | RenderSegment | AssembleFilm, heard: FramesHeard
    ) -> Finished | PictureReady | Refused:
        """The child's answer. Raises FilmError `renderer_crashed` when it dies instead."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the child was started without pipes")
        with suppress(ConnectionError):  # its death is told below, with the reason
            stdin.write(job.model_dump_json().encode() + b"\n")
            await stdin.drain()
        while line := await stdout.readline():
            answer = ANSWERS.validate_json(line)
            if not isinstance(answer, FramesDone):
                return answer
            heard(answer.frames)
        raise FilmError("renderer_crashed", await self._last_words())

    async def _last_words(self) -> str:
        code = await self._process.wait()
        if code < 0:
            return f"the renderer was ended by {signal.Signals(-code).name}"
        self._complaints.seek(0)
        last = self._complaints.read().decode(errors="replace").strip().splitlines()[-1:]
        return f"the renderer ended with {code}: {''.join(last)[:300]}"

    async def end(self) -> None:
        """End it now, its ffmpeg included: asked to first, so that it reaps its ffmpeg itself."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_MOMENT_S):
                await self._process.wait()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        self._complaints.close()


class Children:
    """A fixed number of child processes, started when first needed and replaced when they die."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._idle: asyncio.LifoQueue[_Child | None] = asyncio.LifoQueue()
        for _ in range(count):
            self._idle.put_nowait(None)
        self._alive: set[_Child] = set()

    @classmethod
    @asynccontextmanager
    async def of(cls, count: int) -> AsyncIterator[Self]:
        """So many children; none is left when the context ends, however it ends."""
        children = cls(count)
        try:
            yield children
        finally:
            for child in tuple(children._alive):
                await child.end()

    async def prepare(self, job: PreparePicture) -> PictureReady:
        """Have a photo decoded. Raises FilmError."""
        answer = await self._do(job, _ignore)
        if not isinstance(answer, PictureReady):
            raise TypeError(f"a picture was asked for, not {answer.kind}")
        return answer

    async def render(self, job: RenderSegment, heard: FramesHeard) -> None:
        """Have a segment drawn and encoded; `heard` is told how many frames are done."""
        await self._do(job, heard)

    async def assemble(self, job: AssembleFilm) -> None:
        """Have segments joined. Raises FilmError."""
        await self._do(job, _ignore)

    async def _do(
        self, job: PreparePicture | RenderSegment | AssembleFilm, heard: FramesHeard
    ) -> Finished | PictureReady:
        """Wait for a child and have the job done.

        A child that was interrupted, crashed or ran out of time is not used again.
        """
        child = await self._idle.get()
        successor: _Child | None = None
        try:
            if child is None:
                child = await _Child.start()
                self._alive.add(child)
            async with asyncio.timeout(job.cpu_limit_s * _PATIENCE):
                answer = await child.do(job, heard)
            successor = child
        except TimeoutError as error:
            raise FilmError("time_limit", "the renderer ran out of time") from error
        finally:
            if child is not None and successor is None:
                self._alive.discard(child)
                await child.end()
            self._idle.put_nowait(successor)
        if isinstance(answer, Refused):
            raise FilmError(answer.code, answer.detail)
        return answer
