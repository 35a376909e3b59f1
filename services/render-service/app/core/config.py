"""Settings of render-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator

from common.config import ServiceSettings
from contracts.render import RenderProfile


class Settings(ServiceSettings):
    """SPEC §6."""

    service_name: str = "render-service"
    port: int = 8005
    postgres_db: str = "render_service"
    render_profile: RenderProfile = RenderProfile.STANDARD
    runway_mode: Literal["stub", "live"] = "stub"
    runway_api_key: SecretStr = SecretStr("")
    max_upload_mb: Annotated[int, Field(ge=1)] = 512
    max_image_megapixels: Annotated[int, Field(ge=1)] = 100

    @property
    def max_photo_bytes(self) -> int:
        """The largest photo that is fetched: what asset-service takes."""
        return self.max_upload_mb * 1024 * 1024

    @model_validator(mode="after")
    def _mode_is_fit(self) -> Self:
        if self.runway_mode == "live" and not self.runway_api_key.get_secret_value():
            raise ValueError("RUNWAY_MODE=live needs RUNWAY_API_KEY; without one use stub")
        if self.runway_mode == "live":
            raise ValueError("RUNWAY_MODE: this version renders locally only; use stub")
        return self
