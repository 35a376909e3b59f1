"""What script-service needs of the world outside."""

from typing import Protocol
from uuid import UUID

from app.core.brief import ScriptBrief, ScriptDraft
from contracts.asset import Asset
from contracts.poi import Poi


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

    async def write(self, brief: ScriptBrief) -> ScriptDraft:
        """A draft that nobody has checked yet. Raises DependencyUnavailable."""
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
