"""What transcribing needs of the world outside; `app.integrations` has the real ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from app.core.heard import Heard, Transcript
from app.core.pieces import Span
from contracts.asset import Asset


@dataclass(frozen=True, slots=True)
class Recording:
    """Media on disk that has sound, and how long it is, in seconds."""

    file: Path
    duration_s: float


class AssetSource(Protocol):
    """Where assets come from. Everything raises DependencyUnavailable when it is down."""

    async def get(self, asset_id: UUID) -> Asset:
        """The asset. Raises TranscriptionError `asset_not_found`."""
        ...

    async def fetch(self, asset_id: UUID, target: Path) -> bool:
        """Copies the asset's content to a local file; False when it has none.

        Raises TranscriptionError `content_too_large`.
        """
        ...


class MediaProbe(Protocol):
    """Looks into media files."""

    async def open(self, file: Path) -> Recording:
        """The recording in a file.

        Raises TranscriptionError `media_unreadable` and `no_audio_track`.
        """
        ...


class Notes(Protocol):
    """What a transcription notes of its work, so that whoever takes it over need not begin anew."""

    async def progress(self, share: float) -> None:
        """So much of the recording is done, 0–1."""
        ...

    async def recall(self, audio_sha256: str, model: str) -> Heard | None:
        """What was heard in that piece of audio, if it was."""
        ...

    async def keep(self, audio_sha256: str, model: str, heard: Heard) -> None:
        """Notes what was heard in a piece of audio."""
        ...


class Transcriber(Protocol):
    """Turns recordings into text."""

    @property
    def provider(self) -> str:
        """What transcriptions call it."""
        ...

    def check_ready(self) -> None:
        """Raises ProviderError while it is known not to be."""
        ...

    async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
        """The transcript of a recording; None stands for an asset without content.

        Raises TranscriptionError (`content_missing` for None, unless the provider has something
        true to say of it) and ProviderError.
        """
        ...


class Recogniser(Protocol):
    """Turns a piece of speech into text."""

    @property
    def provider(self) -> str:
        """What transcriptions call it."""
        ...

    @property
    def model(self) -> str:
        """The model that listens."""
        ...

    async def recognise(self, wav: bytes, before: str) -> Heard:
        """What is said in a WAV file; `before` is what was said just before it.

        Raises ProviderError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a recording: its pieces, and a way to get each as a WAV file."""

    pieces: tuple[Span, ...]
    wav: Callable[[Span], Awaitable[bytes]]


class Ear(Protocol):
    """Takes the sound out of recordings."""

    async def listen(self, recording: Recording) -> Sound:
        """The sound of a recording. Raises TranscriptionError."""
        ...
