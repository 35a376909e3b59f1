"""Settings of render-service: the shared ones, and its own (SPEC §6)."""

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator

from app.core.clips import Model
from app.core.ledger import Caps
from app.core.live import Fallback, LiveTerms
from common.provider_settings import OpenAISettings, ProviderUrl
from contracts.render import RenderProfile


class Settings(OpenAISettings):
    """SPEC §6. `openai_voice_timeout_s` bounds the speech of one scene, every try included."""

    service_name: str = "render-service"
    port: int = 8005
    postgres_db: str = "render_service"
    render_profile: RenderProfile = RenderProfile.STANDARD
    runway_mode: Literal["stub", "live"] = "stub"
    runway_api_key: SecretStr = SecretStr("")
    runway_model: Model = "gen4_turbo"
    runwayml_base_url: ProviderUrl = "https://api.dev.runwayml.com"
    runway_create_timeout_s: Annotated[int, Field(ge=1, le=600)] = 60
    runway_task_timeout_s: Annotated[int, Field(ge=1)] = 900
    runway_max_attempts: Annotated[int, Field(ge=1, le=10)] = 2
    runway_fallback: Fallback = "fail"
    runway_max_credits_per_render: Annotated[int, Field(ge=0)] = 2_000
    runway_max_credits_per_day: Annotated[int, Field(ge=0)] = 20_000
    voice_provider: Literal["none", "openai"] = "none"
    openai_voice_model: Annotated[str, Field(min_length=1)] = "gpt-4o-mini-tts"
    openai_voice: Annotated[str, Field(min_length=1)] = "marin"
    openai_voice_timeout_s: Annotated[float, Field(ge=1, le=600)] = 60.0
    max_upload_mb: Annotated[int, Field(ge=1)] = 512
    max_image_megapixels: Annotated[int, Field(ge=1)] = 100

    @property
    def max_photo_bytes(self) -> int:
        """The largest photo that is fetched: what asset-service takes."""
        return self.max_upload_mb * 1024 * 1024

    @property
    def live_terms(self) -> LiveTerms:
        """How clips are bought."""
        return LiveTerms(
            model=self.runway_model,
            max_attempts=self.runway_max_attempts,
            fallback=self.runway_fallback,
            caps=Caps(self.runway_max_credits_per_render, self.runway_max_credits_per_day),
            task_timeout_s=self.runway_task_timeout_s,
        )

    @model_validator(mode="after")
    def _mode_is_fit(self) -> Self:
        if self.runway_mode == "live" and not self.runway_api_key.get_secret_value().strip():
            raise ValueError("RUNWAY_MODE=live needs RUNWAY_API_KEY; without one use stub")
        if self.voice_provider == "openai" and not self.has_openai_key:
            raise ValueError("VOICE_PROVIDER=openai needs OPENAI_API_KEY; without one use none")
        return self
