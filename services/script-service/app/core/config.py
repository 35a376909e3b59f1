"""Settings of script-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from common.provider_settings import OpenAISettings


class Settings(OpenAISettings):
    """SPEC §6. `openai_timeout_s` bounds the writing of one script, every try included."""

    service_name: str = "script-service"
    port: int = 8003
    postgres_db: str = "script_service"
    nlp_provider: Literal["stub", "openai"] = "stub"
    nlp_fallback: bool = True
    openai_model: Annotated[str, Field(min_length=1)] = "gpt-6-sol"
    openai_reasoning_effort: Literal["none", "low", "medium", "high"] | None = None
    openai_timeout_s: Annotated[float, Field(ge=1, le=600)] = 60.0

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.nlp_provider == "openai" and not self.has_openai_key:
            raise ValueError("NLP_PROVIDER=openai needs OPENAI_API_KEY; use stub without one")
        return self
