"""What transcribing needs of the world outside; `app.integrations` has the real ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from contracts.asset import Asset
from contracts.transcription import Segment

#: Told which share of a recording is done, 0–1.
Progress = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Recording:
    """Media on disk that has sound, and how long it is, in seconds."""

    file: Path
    duration_s: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said: the whole text, and when; `language` as BCP 47, None when not known."""

    language: str | None
    text: str
    segments: tuple[Segment, ...]


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


class Transcriber(Protocol):
    """Turns speech into text."""

    @property
    def provider(self) -> str:
        """What transcriptions call it."""
        ...

    async def transcribe(self, recording: Recording | None, progress: Progress) -> Transcript:
        """The transcript of a recording; None stands for an asset without content.

        Raises TranscriptionError (`content_missing` for None, unless the provider has something
        true to say of it) and DependencyUnavailable.
        """
        ...
