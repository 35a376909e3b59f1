"""The child's side of `common.children`: what a child imposes on itself, and how it answers.

A parser or decoder of untrusted bytes may crash, hang or grow: in a confined child it costs no more
than the one file.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: prctl(2): the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1

#: A tenth of the weight of others. With less, work would meet its time limits on a busy machine.
_NICENESS = 10
_AUTOGROUP = Path("/proc/self/autogroup")

#: What every child may write: its complaints, which the parent reads when it dies.
_COMPLAINTS_BYTES = 1 << 20

#: Sends a line to the parent.
Say = Callable[[str], None]


def confine(*, memory_bytes: int, file_bytes: int = _COMPLAINTS_BYTES) -> None:
    """Die with the parent, yield to the API, and bound memory and files, here and in own children.

    `memory_bytes` is of address space, which libraries ask for generously: going over it is a
    MemoryError. `file_bytes` is the largest file that may be written.
    """
    die_with_parent()
    _give_way()
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def _give_way() -> None:
    """Take a tenth of the processor time that others want, and all that nobody wants.

    Linux may share time out by session first (sched_autogroup), and each child leads a session:
    its niceness then counts among its own threads only, and the session's is what others feel.
    """
    os.nice(_NICENESS)
    with suppress(OSError):  # no such groups here, as in containers: then niceness is enough
        _AUTOGROUP.write_text(str(_NICENESS))


def die_with_parent() -> None:
    """Be killed by the kernel when the parent process ends (Linux; elsewhere it does nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def allow_cpu(seconds: int) -> None:
    """Allow this much more processor time from now on; past it the kernel ends the process."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = int(spent.ru_utime + spent.ru_stime) + seconds
    soft = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def answer_requests(answer: Callable[[str, Say], None]) -> None:
    """Hands every request to `answer`, which says its lines, until the parent wants no more.

    On SIGTERM the process unwinds, so that whatever `answer` has in hand is put away.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints spoils no answer
    for request in sys.stdin:
        answer(request.rstrip("\n"), lambda line: print(line, file=answers))


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (lowered, lowered))
