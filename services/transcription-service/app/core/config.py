"""Settings of transcription-service: the shared ones, and its own (SPEC §6)."""

import importlib.util
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from common.provider_settings import OpenAISettings


class Settings(OpenAISettings):
    """SPEC §6. `openai_timeout_s` bounds one piece of a recording, every try included."""

    service_name: str = "transcription-service"
    port: int = 8004
    postgres_db: str = "transcription_service"
    stt_provider: Literal["stub", "openai", "local"] = "stub"
    stt_max_minutes: Annotated[int, Field(ge=1, le=600)] = 240
    openai_stt_model: Annotated[str, Field(min_length=1)] = "gpt-transcribe"
    openai_stt_format: Literal["json", "verbose_json"] = "json"
    openai_timeout_s: Annotated[float, Field(ge=1, le=600)] = 60.0
    stt_local_model: Path | None = None
    stt_local_threads: Annotated[int, Field(ge=0, le=256)] = 0
    max_upload_mb: Annotated[int, Field(ge=1)] = 512

    @property
    def max_recording_bytes(self) -> int:
        """The largest recording that is fetched: what asset-service takes."""
        return self.max_upload_mb * 1024 * 1024

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.stt_provider == "openai" and not self.has_openai_key:
            raise ValueError("STT_PROVIDER=openai needs OPENAI_API_KEY; use stub without one")
        if self.stt_provider == "local":
            self._check_local()
        return self

    def _check_local(self) -> None:
        folder = self.stt_local_model
        if folder is None or not (folder / "model.bin").is_file():
            raise ValueError(
                "STT_PROVIDER=local needs STT_LOCAL_MODEL, the folder of a CTranslate2 Whisper"
                " model (model.bin, config.json, tokenizer.json); use stub without one"
            )
        if importlib.util.find_spec("faster_whisper") is None:
            raise ValueError(
                "STT_PROVIDER=local needs the faster-whisper package: install the extra"
                " `local` of transcription-service, or use stub"
            )
