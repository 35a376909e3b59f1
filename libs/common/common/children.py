"""Child processes that do what is too dangerous or too heavy for the service's own process.

A child is a module of the service, run by the same Python: it takes a request as one line on its
standard input and answers with lines on its standard output (`common.confined` is its side). It
runs in a session of its own, so that killing its group takes along whatever it has started; it also
dies by itself when this process does. Its environment holds no secret of ours.
"""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO, Self, cast

_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR")

#: How long a child may take to leave by itself, in seconds.
_LAST_MOMENT_S = 3.0


class ChildFailed(Exception):  # noqa: N818 - says what happened
    """The child died instead of answering; `killed_by` is the signal that ended it, if any."""

    def __init__(self, reason: str, killed_by: signal.Signals | None = None) -> None:
        super().__init__(reason)
        self.killed_by = killed_by


class Child:
    """One process; it takes one request at a time."""

    def __init__(self, process: Process, complaints: IO[bytes]) -> None:
        self._process = process
        self._complaints = complaints

    @classmethod
    async def start(cls, module: str, root: Path, environment: Mapping[str, str]) -> Self:
        """Runs `python -m module` in the folder `root`."""
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        complaints = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 -- closed by end
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            stdin=PIPE,
            stdout=PIPE,
            stderr=complaints,
            cwd=root,
            env={**passed_on, "PYTHONUTF8": "1", **environment},
            start_new_session=True,
        )
        return cls(process, complaints)

    @property
    def is_dead(self) -> bool:
        """Whether it has ended, unasked."""
        return self._process.returncode is not None

    async def ask(self, request: str) -> None:
        """Hands it a request: one line."""
        if self._process.stdin is None:
            raise RuntimeError("the child was started without pipes")
        with suppress(ConnectionError):  # its death is told by `hear`, with the reason
            self._process.stdin.write(request.encode() + b"\n")
            await self._process.stdin.drain()

    async def hear(self) -> str:
        """The next line of its answer. Raises ChildFailed when it died instead."""
        if self._process.stdout is None:
            raise RuntimeError("the child was started without pipes")
        if line := await self._process.stdout.readline():
            return line.decode()
        raise await self._failure()

    async def _failure(self) -> ChildFailed:
        code = await self._process.wait()
        if code < 0:
            ended_by = signal.Signals(-code)
            return ChildFailed(f"ended by {ended_by.name}", ended_by)
        self._complaints.seek(0)
        last = self._complaints.read().decode(errors="replace").strip().splitlines()[-1:]
        return ChildFailed(f"ended with {code}: {''.join(last)[:300]}")

    async def end(self) -> None:
        """Ends it now, with all it has started: asked to first, so that it tidies up itself."""
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
    """Up to `count` processes of one module, started when first needed and kept for the next."""

    def __init__(
        self, module: str, root: Path, count: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self.count = count
        self._module = module
        self._root = root
        self._environment = environment or {}
        self._idle: asyncio.LifoQueue[Child | None] = asyncio.LifoQueue()
        for _ in range(count):
            self._idle.put_nowait(None)
        self._alive: set[Child] = set()

    @asynccontextmanager
    async def child(self) -> AsyncIterator[Child]:
        """A child for the block, once one is free. It is ended when the block raises."""
        child = await self._idle.get()
        successor: Child | None = None
        try:
            if child is None or child.is_dead:
                child = await self._started(instead_of=child)
            yield child
            successor = child
        finally:
            if child is not None and successor is None:
                self._alive.discard(child)
                await child.end()
            self._idle.put_nowait(successor)

    async def _started(self, *, instead_of: Child | None) -> Child:
        if instead_of is not None:
            self._alive.discard(instead_of)
            await instead_of.end()
        child = await Child.start(self._module, self._root, self._environment)
        self._alive.add(child)
        return child

    async def close(self) -> None:
        """Ends every child."""
        alive, self._alive = self._alive, set()
        await asyncio.gather(*(child.end() for child in alive))
