"""Settings of script-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from common.provider_settings import OpenAISettings


class Settings(OpenAISettings):
    """SPEC §6. The time limits are for one script, every try included: to write, and to look."""

    service_name: str = "script-service"
    port: int = 8003
    postgres_db: str = "script_service"
    nlp_provider: Literal["stub", "openai"] = "stub"
    nlp_fallback: bool = True
    openai_model: Annotated[str, Field(min_length=1)] = "gpt-6-sol"
    openai_reasoning_effort: Literal["none", "low", "medium", "high"] | None = None
    openai_timeout_s: Annotated[float, Field(ge=1, le=600)] = 60.0

    nlp_vision: bool = False
    openai_vision_timeout_s: Annotated[float, Field(ge=1, le=600)] = 30.0
    max_upload_mb: Annotated[int, Field(ge=1)] = 512

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.nlp_provider == "openai" and not self.has_openai_key:
            raise ValueError("NLP_PROVIDER=openai needs OPENAI_API_KEY; use stub without one")
        if self.nlp_vision and self.nlp_provider != "openai":
            raise ValueError("NLP_VISION=true needs NLP_PROVIDER=openai, whose model looks")
        return self
