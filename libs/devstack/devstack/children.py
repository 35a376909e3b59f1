"""Child processes that never outlive the process that started them."""

import ctypes
import signal
import sys

#: prctl(2): the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Get this signal from the kernel when the parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def fast_shutdown_with_parent() -> None:
    """`die_with_parent` for PostgreSQL: SIGINT is its shutdown that waits for no client."""
    die_with_parent(signal.SIGINT)
