"""SIGINT and SIGTERM as a wish to stop, which whoever waits looks at."""

import signal
import time
from types import FrameType, TracebackType
from typing import Self

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_LOOK_EVERY_S = 0.02


class Stopped(Exception):  # noqa: N818 - says what happened
    """Somebody asked the stack to stop."""


class StopSignals:
    """Notes the signals during its block; a second one is noted as impatience."""

    def __init__(self) -> None:
        self.received = 0
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        """Takes the signals over."""
        for number in _STOPPING:
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Gives the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.received += 1

    def pause(self) -> None:
        """Waits a moment; raises Stopped once a signal has come."""
        time.sleep(_LOOK_EVERY_S)
        if self.received:
            raise Stopped
