"""A child for the tests of `common.children`: `python -m tests.child` does what it is asked."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from common.confined import Say, answer_requests, confine


def main() -> None:
    confine(memory_bytes=1 << 30)
    answer_requests(_answer)


def _answer(request: str, say: Say) -> None:
    verb, _, word = request.partition(" ")
    _VERBS[verb](word, say)


def _count(most: str, say: Say) -> None:
    for number in range(int(most)):
        say(str(number))


def _print(word: str, say: Say) -> None:
    print(word)
    say("printed")


def _grow(size: str, say: Say) -> None:
    try:
        bytearray(int(size))
    except MemoryError:
        say("out of memory")


def _write(path: str, say: Say) -> None:
    try:
        Path(path).write_bytes(bytes(2 << 20))
    except OSError:
        say("too large")


def _niceness(_: str, say: Say) -> None:
    """Its own, and that of its session."""
    say(f"{os.nice(0)} {Path('/proc/self/autogroup').read_text().split()[-1]}")


_VERBS: dict[str, Callable[[str, Say], object]] = {
    "count": _count,
    "print": _print,
    "grow": _grow,
    "write": _write,
    "pid": lambda _, say: say(str(os.getpid())),
    "niceness": _niceness,
    "environment": lambda _, say: say(" ".join(os.environ)),
    "start": lambda command, say: say(str(subprocess.Popen(command.split()).pid)),
    "leave": lambda word, _: sys.exit(word),
    "die": lambda *_: os.kill(os.getpid(), signal.SIGSEGV),
}

if __name__ == "__main__":
    main()
