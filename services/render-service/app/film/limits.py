"""What a child process imposes on itself, so that a bad picture costs no more than itself."""

import ctypes
import os
import resource
import signal
import sys

#: prctl(2): the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1

#: Far above what a 4K segment takes; a decoder gone wild meets it first.
_MEMORY_BYTES = 6 << 30
_FILE_BYTES = 4 << 30
_NICENESS = 10


def die_with_parent() -> None:
    """Be killed by the kernel when the parent process ends (Linux; elsewhere it does nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def confine() -> None:
    """Yield to the service's API, and bound memory and file sizes, here and in own children."""
    os.nice(_NICENESS)
    _lower(resource.RLIMIT_AS, _MEMORY_BYTES)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _lower(resource.RLIMIT_CORE, 0)


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
