"""What is asked of a provider of clips, and all that it may answer."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.core.clips import ClipOrder
from app.core.failures import Failure
from contracts.base import Problem


class TaskStatus(StrEnum):
    """Where a task stands, in the provider's words."""

    PENDING = "PENDING"
    THROTTLED = "THROTTLED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A call was accepted: the task's id, and what it may cost (None when that was not said)."""

    task_id: str
    credits: float | None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the provider shows it; `progress` 0–1, `credits` charged once it has ended."""

    status: TaskStatus
    progress: float | None = None
    credits: float | None = None
    output: tuple[str, ...] = ()
    failure_code: str | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The account: its credits, and how many tasks of the model may run at once (None: any)."""

    credits: int
    max_concurrent: int | None


class ProviderRefused(Exception):  # noqa: N818 - says what happened, as those below
    """The provider said no: nothing was accepted, nothing is paid."""

    def __init__(
        self, failure: Failure, detail: str = "", *, retry_after_s: float | None = None
    ) -> None:
        super().__init__(f"{failure.code}: {detail}")
        self.failure = failure
        self.detail = detail
        self.retry_after_s = retry_after_s

    @property
    def problem(self) -> Problem:
        """How users see it."""
        return self.failure.problem(self.detail)


class OutcomeUnknown(Exception):  # noqa: N818
    """The answer to a paid call was lost: it may have been accepted."""


class ProviderAway(Exception):  # noqa: N818
    """A call that is free got no answer; it can be made again."""


class TaskMissing(Exception):  # noqa: N818
    """The provider knows no such task."""


class OutputUnavailable(Exception):  # noqa: N818
    """A finished clip cannot be copied; `passing` when trying again may help."""

    def __init__(self, detail: str, *, passing: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.passing = passing


class ClipProvider(Protocol):
    """Makes clips from pictures; `integrations.runway.Runway` is the one there is."""

    async def upload(self, picture: Path) -> str:
        """Hands a JPEG over, free of charge; the address to name it by in an order.

        Raises ProviderRefused and ProviderAway.
        """
        ...

    async def create(self, order: ClipOrder, picture: str) -> Accepted:
        """The paid call, made exactly once. Raises ProviderRefused and OutcomeUnknown."""
        ...

    async def task(self, task_id: str) -> Task:
        """How a task stands. Raises TaskMissing, ProviderRefused and ProviderAway."""
        ...

    async def download(self, url: str, target: Path) -> None:
        """Copies a finished clip to a local file. Raises OutputUnavailable."""
        ...

    async def cancel(self, task_id: str) -> None:
        """Calls a task off; one that is gone is no error. Raises ProviderRefused, ProviderAway."""
        ...

    async def account(self, model: str) -> Account:
        """The account. Raises ProviderRefused and ProviderAway."""
        ...
