"""Settings of transcription-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from common.config import ServiceSettings


class Settings(ServiceSettings):
    """SPEC §6."""

    service_name: str = "transcription-service"
    port: int = 8004
    postgres_db: str = "transcription_service"
    stt_provider: Literal["stub", "openai", "local"] = "stub"
    max_upload_mb: Annotated[int, Field(ge=1)] = 512

    @property
    def max_recording_bytes(self) -> int:
        """The largest recording that is fetched: what asset-service takes."""
        return self.max_upload_mb * 1024 * 1024

    @field_validator("stt_provider")
    @classmethod
    def _is_in_this_version(cls, provider: str) -> str:
        if provider != "stub":
            raise ValueError(f"{provider} is not in this version; use stub")
        return provider
