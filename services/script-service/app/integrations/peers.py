"""Properties and assets, from the services that keep them."""

from uuid import UUID

from common.errors import NotFoundError
from common.http_client import PeerClient
from contracts.asset import Asset
from contracts.poi import Poi


class PoiService:
    """poi-service (`services.ports.Properties`)."""

    def __init__(self, client: PeerClient) -> None:
        self._client = client

    async def get(self, poi_id: UUID) -> Poi:
        """The property. Raises NotFoundError and DependencyUnavailable."""
        try:
            return await self._client.get(f"/pois/{poi_id}", Poi)
        except NotFoundError as error:
            raise NotFoundError(f"there is no POI {poi_id}") from error


class AssetService:
    """asset-service (`services.ports.Gallery`)."""

    def __init__(self, client: PeerClient) -> None:
        self._client = client

    async def of_poi(self, poi_id: UUID) -> list[Asset]:
        """All assets of a property. Raises DependencyUnavailable."""
        return await self._client.get_all("/assets", Asset, poi_id=str(poi_id))
