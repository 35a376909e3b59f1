"""The embedded PostgreSQL and broker as processes of their own, which end when the launcher does.

Each runs until its standard input ends. The kernel closes that when the launcher dies, whatever
it dies of, so nothing is left behind.
"""

import selectors
import subprocess
import sys
import time

_STOP_TIMEOUT_S = 15.0


class PartFailed(RuntimeError):  # noqa: N818 - says what happened
    """An embedded part did not come up."""


class Part:
    """A running `python -m <module>`, which says one line once it is ready."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Starts it; `said` waits for its line."""
        self.name = module.rpartition(".")[2]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def said(self, timeout_s: float) -> str:
        """Its line. Raises PartFailed when it ends without one, or takes too long."""
        stdout = self._process.stdout
        if stdout is None:
            raise RuntimeError("the part was started without a pipe")
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            deadline = time.monotonic() + timeout_s
            while not selector.select(0.1):
                if time.monotonic() > deadline:
                    raise PartFailed(f"{self.name} was not ready within {timeout_s:.0f} s")
        if line := stdout.readline().strip():
            return line
        raise PartFailed(f"{self.name} could not be started: the reason stands above")

    def poll(self) -> int | None:
        """Its exit status once it has ended, negative for a signal, or None."""
        return self._process.poll()

    def stop(self) -> None:
        """Ends it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
