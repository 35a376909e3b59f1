"""Child processes that never outlive the process that started them."""

import ctypes
import signal
import sys

#: prctl(2): the signal to get when the parent dies.
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Be ended by the kernel when the parent ends, however it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
