"""Assets from asset-service."""

from pathlib import Path
from uuid import UUID

from app.core.transcriptions import FailureCode, TranscriptionError
from common.errors import NotFoundError, PayloadTooLarge
from common.http_client import PeerClient
from contracts.asset import Asset


class AssetService:
    """Reads assets and their content over HTTP (`services.ports.AssetSource`)."""

    def __init__(self, asset_service: PeerClient, *, max_bytes: int) -> None:
        self._asset_service = asset_service
        self._max_bytes = max_bytes

    async def get(self, asset_id: UUID) -> Asset:
        """The asset. Raises TranscriptionError `asset_not_found`, DependencyUnavailable."""
        try:
            return await self._asset_service.get(f"/assets/{asset_id}", Asset)
        except NotFoundError as error:
            raise TranscriptionError(
                FailureCode.ASSET_NOT_FOUND, f"there is no asset {asset_id}"
            ) from error

    async def fetch(self, asset_id: UUID, target: Path) -> bool:
        """Streams the asset's content to a local file; False when it has none.

        Raises TranscriptionError `content_too_large`, DependencyUnavailable.
        """
        try:
            await self._asset_service.download(
                f"/assets/{asset_id}/content", target, max_bytes=self._max_bytes
            )
        except NotFoundError:
            return False
        except PayloadTooLarge as error:
            raise TranscriptionError(FailureCode.CONTENT_TOO_LARGE, error.detail) from error
        return True
