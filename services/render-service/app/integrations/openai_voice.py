"""Speech by OpenAI, or by a server that speaks as it does."""

import io
import wave

from openai import AsyncOpenAI

from common.openai import openai_failures
from common.providers import Patience, ProviderError, ProviderFault
from contracts.script import Language

#: What `pcm` means there: 24 kHz, 16 bits, one channel. A WAV that is streamed has no length in its
#: head, which is why none is asked for.
_RATE, _SAMPLE_BYTES = 24_000, 2


class OpenAIVoice:
    """Has texts spoken (`services.voice.VoiceSynthesizer`); it hears by itself in what language."""

    provider = "openai"

    def __init__(self, client: AsyncOpenAI, model: str, voice: str, *, within_s: float) -> None:
        self._client = client
        self.model = model
        self.voice = voice
        self.within_s = within_s

    async def speak(self, text: str, language: Language) -> bytes:  # noqa: ARG002 -- of the port
        """The text as a WAV. Raises ProviderError."""
        return await Patience(self.within_s).run(lambda: self._speak(text))

    async def _speak(self, text: str) -> bytes:
        with openai_failures(self._client):
            answer = await self._client.audio.speech.create(
                model=self.model, voice=self.voice, input=text, response_format="pcm"
            )
        samples, kind = answer.content, answer.response.headers.get("content-type", "")
        if (
            not samples
            or len(samples) % _SAMPLE_BYTES
            or kind.startswith(("text/", "application/json"))
        ):
            raise ProviderError(ProviderFault.BAD_ANSWER, f"OpenAI sent no sound ({kind})")
        return _wav(samples)


def _wav(samples: bytes) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(_SAMPLE_BYTES)
        sound.setframerate(_RATE)
        sound.writeframes(samples)
    return content.getvalue()
