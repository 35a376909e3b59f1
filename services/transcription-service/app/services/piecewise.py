"""A transcriber that listens piece by piece, and can be taken over between any two."""

import time
from hashlib import sha256

from app.core.heard import Heard, Transcript, joined
from app.core.pieces import Span
from app.core.transcriptions import FailureCode, TranscriptionError
from app.services.ports import Ear, Notes, Recogniser, Recording
from common.providers import ProviderError, Remedy

#: Seconds for which nothing is tried when a person must act first: to add credits, say.
PAUSE_S = 300
#: What is said again to the model of what it heard before, so that it knows the subject.
_CONTEXT_CHARS = 200


class PiecewiseTranscriber:
    """Transcribes with a recogniser of short pieces (`ports.Transcriber`).

    What was heard is noted before the next piece is sent. A failure that only a person can mend
    closes the transcriber for a while: jobs then wait, and none fetches its recording in vain.
    """

    def __init__(self, recogniser: Recogniser, ear: Ear, *, most_minutes: int) -> None:
        self._recogniser = recogniser
        self._ear = ear
        self._most_minutes = most_minutes
        self._closed_until = 0.0
        self._closed_because: ProviderError | None = None

    @property
    def provider(self) -> str:
        """The recogniser's."""
        return self._recogniser.provider

    def check_ready(self) -> None:
        """Raises ProviderError while a person must act first."""
        wait_s = self._closed_until - time.monotonic()
        if self._closed_because is not None and wait_s > 0:
            raise _waiting(self._closed_because, wait_s)

    async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
        """The transcript of a recording. Raises TranscriptionError and ProviderError."""
        if recording is None:
            raise TranscriptionError(
                FailureCode.CONTENT_MISSING, "the asset has no content: upload it, then start again"
            )
        if recording.duration_s > self._most_minutes * 60:
            raise TranscriptionError(
                FailureCode.RECORDING_TOO_LONG,
                f"the recording lasts {recording.duration_s / 60:.0f} minutes;"
                f" STT_MAX_MINUTES is {self._most_minutes}",
            )
        sound = await self._ear.listen(recording)
        pieces: list[tuple[Span, Heard]] = []
        for span in sound.pieces:
            before = pieces[-1][1].text[-_CONTEXT_CHARS:] if pieces else ""
            pieces.append((span, await self._hear(await sound.wav(span), before, notes)))
            await notes.progress(span.end_s / recording.duration_s)
        return joined(pieces)

    async def _hear(self, wav: bytes, before: str, notes: Notes) -> Heard:
        audio_sha256, model = sha256(wav).hexdigest(), self._recogniser.model
        heard = await notes.recall(audio_sha256, model)
        if heard is None:
            try:
                heard = await self._recogniser.recognise(wav, before)
            except ProviderError as error:
                if error.remedy is not Remedy.PERSON:
                    raise
                self._closed_until, self._closed_because = time.monotonic() + PAUSE_S, error
                raise _waiting(error, PAUSE_S) from error
            await notes.keep(audio_sha256, model, heard)
        return heard


def _waiting(error: ProviderError, wait_s: float) -> ProviderError:
    return ProviderError(error.fault, error.detail, retry_after_s=wait_s)
