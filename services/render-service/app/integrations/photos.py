"""Assets from asset-service: what is known of them, and their content."""

from pathlib import Path
from uuid import UUID

from app.film.values import FilmError
from common.errors import NotFoundError, PayloadTooLarge
from common.http_client import PeerClient
from contracts.asset import Asset


class AssetPhotos:
    """Asks over HTTP (`services.gathering.PhotoSource`, `services.regenerating.AssetCatalog`)."""

    def __init__(self, asset_service: PeerClient, *, max_bytes: int) -> None:
        self._asset_service = asset_service
        self._max_bytes = max_bytes

    async def find(self, asset_id: UUID) -> Asset | None:
        """The asset, or None. Raises DependencyUnavailable."""
        try:
            return await self._asset_service.get(f"/assets/{asset_id}", Asset)
        except NotFoundError:
            return None

    async def fetch(self, asset_id: UUID, target: Path) -> None:
        """Copies a photo to a local file.

        Raises FilmError `picture_missing` or `picture_too_large`, and DependencyUnavailable.
        """
        try:
            await self._asset_service.download(
                f"/assets/{asset_id}/content", target, max_bytes=self._max_bytes
            )
        except NotFoundError as error:
            is_known = await self.find(asset_id) is not None
            detail = "has no content" if is_known else "was deleted, or never was there"
            raise FilmError("picture_missing", f"asset {asset_id} {detail}") from error
        except PayloadTooLarge as error:
            raise FilmError("picture_too_large", error.detail) from error
