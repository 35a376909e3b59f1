"""Settings of asset-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated

from pydantic import Field

from common.config import ServiceSettings


class Settings(ServiceSettings):
    """SPEC §6."""

    service_name: str = "asset-service"
    port: int = 8002
    postgres_db: str = "asset_service"
    max_upload_mb: Annotated[int, Field(ge=1)] = 512
    max_image_megapixels: Annotated[int, Field(ge=1)] = 100

    @property
    def max_upload_bytes(self) -> int:
        """The largest file that is taken."""
        return self.max_upload_mb * 1024 * 1024
