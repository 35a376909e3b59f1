"""What script-service needs of the world outside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.core.brief import ScriptBrief, ScriptDraft, Sight
from contracts.asset import Asset
from contracts.base import Problem
from contracts.poi import Poi
from contracts.script import ScriptUsage


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft and what it cost; None when nobody counts."""

    draft: ScriptDraft
    usage: ScriptUsage | None = None


class WriterFailed(Exception):  # noqa: N818 - says what happened
    """A writer gave up: why, what it cost nonetheless, and how long it asks to wait (seconds)."""

    def __init__(
        self, problem: Problem, usage: ScriptUsage | None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.usage = usage
        self.retry_after_s = retry_after_s


class ScriptWriter(Protocol):
    """Writes scripts; `provider` and `model` say who did."""

    @property
    def provider(self) -> str:
        """The provider's name in the API: stub, openai."""
        ...

    @property
    def model(self) -> str:
        """The model and its version."""
        ...

    async def write(self, brief: ScriptBrief) -> Writing:
        """A draft, to be checked whoever wrote it. Raises WriterFailed."""
        ...


class Properties(Protocol):
    """Where properties are kept."""

    async def get(self, poi_id: UUID) -> Poi:
        """The property. Raises NotFoundError and DependencyUnavailable."""
        ...


class Gallery(Protocol):
    """Where a property's photos, plans and videos are kept."""

    async def of_poi(self, poi_id: UUID) -> list[Asset]:
        """All assets of a property. Raises DependencyUnavailable."""
        ...


class Eye(Protocol):
    """Looks at photos for one script, and counts what that costs."""

    @property
    def model(self) -> str:
        """The model that looks."""
        ...

    @property
    def usage(self) -> ScriptUsage | None:
        """What was asked and counted so far."""
        ...

    async def see(self, photo: Asset) -> Sight:
        """What a photo shows. Raises ProviderError, PhotoUnreadable, DependencyUnavailable."""
        ...


class PhotoUnreadable(Exception):  # noqa: N818 - says what it is
    """A photo that has no content any more, or none that can be decoded."""


#: Opens an eye that looks for at most so many seconds in all.
OpenEye = Callable[[float], Eye]
