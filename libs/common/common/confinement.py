"""What a child process imposes on itself before it opens files of others.

A parser or decoder of untrusted bytes may crash, hang or grow: in a child of its own, it costs no
more than the one file. `common.children` is the parent's side.
"""

import ctypes
import os
import resource
import signal
import sys

#: prctl(2): the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1

_NICENESS = 10

#: Enough for what a child without files of its own says, wherever that is sent.
_ANSWER_BYTES = 1 << 20


def confine(*, memory_bytes: int, file_bytes: int = _ANSWER_BYTES) -> None:
    """Die with the parent, yield to the API, and bound memory and files, here and in own children.

    `memory_bytes` is of address space, which libraries ask for generously: going over it is a
    MemoryError. `file_bytes` is the largest file that may be written.
    """
    die_with_parent()
    os.nice(_NICENESS)
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    _lower(resource.RLIMIT_CORE, 0)


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


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    lowered = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (lowered, lowered))
