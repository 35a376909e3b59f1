"""Settings of script-service: the shared ones, and its own (SPEC §6)."""

from typing import Literal

from pydantic import field_validator

from common.config import ServiceSettings


class Settings(ServiceSettings):
    """SPEC §6."""

    service_name: str = "script-service"
    port: int = 8003
    postgres_db: str = "script_service"
    nlp_provider: Literal["stub", "openai"] = "stub"

    @field_validator("nlp_provider")
    @classmethod
    def _is_at_hand(cls, provider: str) -> str:
        if provider == "openai":
            raise ValueError("this version writes scripts locally only; use stub")
        return provider
