"""Asking a child process one thing, such as what is in a file that nobody should trust.

The child is a module of the service, run by the same Python; it confines itself first
(`common.confinement`) and answers on its standard output. Its environment holds no secret of ours.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR")


class ChildFailed(Exception):  # noqa: N818 - says what happened
    """The child gave no answer; the message says why, `killed_by` which signal ended it, if any."""

    def __init__(self, reason: str, killed_by: signal.Signals | None = None) -> None:
        super().__init__(reason)
        self.killed_by = killed_by


def child_environment(*more: str) -> dict[str, str]:
    """What a child may know of our environment: where things are, and the variables `more`."""
    known = {name: os.environ[name] for name in (*_PASSED_ON, *more) if name in os.environ}
    return {**known, "PYTHONUTF8": "1"}


async def answer_of(module: str, *arguments: str, root: Path, timeout_s: float) -> bytes:
    """What `python -m module arguments…`, run in the folder `root`, writes before it exits with 0.

    Raises ChildFailed. No process is left behind, also when this is cancelled.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        cwd=root,
        env=child_environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(timeout_s):
            answer, complaints = await child.communicate()
    except TimeoutError:
        raise ChildFailed(f"it took more than {timeout_s:.0f} s") from None
    finally:
        await _end(child)
    if child.returncode:
        raise _failure(child.returncode, complaints)
    return answer


async def _end(child: Process) -> None:
    """Kills the child and whatever it has started, if it is still there."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def _failure(code: int, complaints: bytes) -> ChildFailed:
    if code < 0:
        ended_by = signal.Signals(-code)
        return ChildFailed(f"it was ended by {ended_by.name}", ended_by)
    last = complaints.decode(errors="replace").strip().splitlines()[-1:]
    return ChildFailed(f"it ended with {code}: {''.join(last)[:300]}")
