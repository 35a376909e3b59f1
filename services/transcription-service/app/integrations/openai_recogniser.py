"""Speech recognition by OpenAI, or by a server that speaks as it does."""

from typing import Literal

from openai import AsyncOpenAI, omit
from openai.types.audio import Transcription as Plain
from openai.types.audio import TranscriptionVerbose

from app.core.heard import Heard
from app.core.languages import language_code
from app.core.pieces import SAMPLE_RATE
from app.core.prices import cost_usd
from common.openai import openai_failures
from common.providers import Patience
from contracts.transcription import Segment

#: A sample of 16-bit mono sound.
_SAMPLE_BYTES = 2

ResponseFormat = Literal["json", "verbose_json"]


class OpenAIRecogniser:
    """Sends pieces to the transcriptions endpoint (`services.ports.Recogniser`).

    `json` brings text and languages; `verbose_json`, which only Whisper models know, brings the
    time of every sentence as well.
    """

    provider = "openai"

    def __init__(
        self, client: AsyncOpenAI, model: str, *, response_format: ResponseFormat, within_s: float
    ) -> None:
        self._client = client
        self.model = model
        self._response_format = response_format
        self._within_s = within_s

    async def recognise(self, wav: bytes, before: str) -> Heard:
        """What is said in a piece. Raises ProviderError."""
        return await Patience(self._within_s).run(lambda: self._recognise(wav, before))

    async def _recognise(self, wav: bytes, before: str) -> Heard:
        length_s = len(wav) / _SAMPLE_BYTES / SAMPLE_RATE
        file = ("piece.wav", wav, "audio/wav")
        prompt = before or omit
        with openai_failures(self._client):
            if self._response_format == "verbose_json":
                verbose = await self._client.audio.transcriptions.create(
                    file=file,
                    model=self.model,
                    prompt=prompt,
                    response_format="verbose_json",
                    timestamp_granularities=["segment"],
                )
                return self._heard_verbose(verbose)
            plain = await self._client.audio.transcriptions.create(
                file=file, model=self.model, prompt=prompt, response_format="json"
            )
            return self._heard_plain(plain, length_s)

    def _heard_plain(self, answer: Plain, length_s: float) -> Heard:
        usage = answer.usage
        seconds = usage.seconds if usage and usage.type == "duration" else length_s
        languages = answer.languages or []
        return Heard(
            language=language_code(languages[0].code) if languages else None,
            text=answer.text.strip(),
            segments=(),
            seconds=seconds,
            cost_usd=cost_usd(self.model, seconds),
        )

    def _heard_verbose(self, answer: TranscriptionVerbose) -> Heard:
        seconds = answer.usage.seconds if answer.usage else answer.duration
        return Heard(
            language=language_code(answer.language),
            text=answer.text.strip(),
            segments=tuple(
                Segment(start_s=s.start, end_s=s.end, text=s.text.strip())
                for s in answer.segments or []
            ),
            seconds=seconds,
            cost_usd=cost_usd(self.model, seconds),
        )
