"""How a film comes along, for a person: a bar in a terminal, plain lines elsewhere."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

_LINE_EVERY_PERCENT = 20


class PlainProgress:
    """One line for each step, each stage, and each fifth of the way."""

    def __init__(self) -> None:
        self._told: tuple[str, int] = ("", -1)

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to clear away."""

    def step(self, text: str) -> None:
        """Something is done."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def progress(self, stage: str, percent: int) -> None:
        """How far the film is."""
        mark = (stage, percent // _LINE_EVERY_PERCENT)
        if mark != self._told:
            self._told = mark
            self.step(f"{stage.replace('_', ' ')}: {percent} %")


class BarProgress:
    """Steps as lines, and below them a bar for the film."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=40),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=Console(highlight=False, soft_wrap=True),
            auto_refresh=False,  # its thread must not be running when a service is forked
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Takes the bottom line of the terminal."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Gives it back."""
        self._progress.stop()

    def step(self, text: str) -> None:
        """Something is done."""
        self._progress.console.print(f"[green]✓[/green] {escape(text)}")

    def progress(self, stage: str, percent: int) -> None:
        """How far the film is."""
        if self._task is None:
            self._task = self._progress.add_task("", total=100)
        text = stage.replace("_", " ")
        self._progress.update(self._task, completed=percent, description=text)
        self._progress.refresh()


def reporter() -> PlainProgress | BarProgress:
    """What suits standard output."""
    return BarProgress() if sys.stdout.isatty() else PlainProgress()
