"""The life of a transcription: queued → running → completed or failed."""

from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from uuid import UUID

from contracts.asset import Asset, AssetType
from contracts.base import Problem
from contracts.transcription import Transcription, TranscriptionStatus

#: Statuses that nothing leads out of.
FINISHED = frozenset({TranscriptionStatus.COMPLETED, TranscriptionStatus.FAILED})

_WITH_SOUND = frozenset({AssetType.VIDEO, AssetType.AUDIO})


class FailureCode(StrEnum):
    """Why a transcription failed; stable."""

    ASSET_NOT_FOUND = "asset_not_found"
    ASSET_POI_MISMATCH = "asset_poi_mismatch"
    ASSET_NOT_TRANSCRIBABLE = "asset_not_transcribable"
    CONTENT_MISSING = "content_missing"
    CONTENT_TOO_LARGE = "content_too_large"
    MEDIA_UNREADABLE = "media_unreadable"
    NO_AUDIO_TRACK = "no_audio_track"
    RECORDING_TOO_LONG = "recording_too_long"
    PROVIDER_REFUSED = "provider_refused"
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"
    INTERNAL_ERROR = "internal_error"


#: What each code means, for the OpenAPI document.
MEANINGS = MappingProxyType(
    {
        FailureCode.ASSET_NOT_FOUND: "asset-service knows no such asset",
        FailureCode.ASSET_POI_MISMATCH: "the asset belongs to another POI",
        FailureCode.ASSET_NOT_TRANSCRIBABLE: "the asset is neither a video nor audio",
        FailureCode.CONTENT_MISSING: "the asset has no content to listen to",
        FailureCode.CONTENT_TOO_LARGE: "the content is over MAX_UPLOAD_MB",
        FailureCode.MEDIA_UNREADABLE: "the content is no media, or is broken",
        FailureCode.NO_AUDIO_TRACK: "the media has no sound",
        FailureCode.RECORDING_TOO_LONG: "the recording is over STT_MAX_MINUTES",
        FailureCode.PROVIDER_REFUSED: "the provider declines this recording; it will again",
        FailureCode.ATTEMPTS_EXHAUSTED: "the worker died again and again while it did this",
        FailureCode.INTERNAL_ERROR: "an unforeseen failure; the log knows more",
    }
)


class Milestone(IntEnum):
    """How far a transcription is, in percent, once each step is done."""

    TAKEN_UP = 5
    ASSET_FOUND = 10
    CONTENT_FETCHED = 40
    MEDIA_PROBED = 50
    TRANSCRIBED = 99
    COMPLETED = 100


class TranscriptionError(Exception):
    """The recording cannot be transcribed, and trying again would not help."""

    def __init__(self, code: FailureCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail

    @property
    def problem(self) -> Problem:
        """How users see it."""
        return Problem(code=self.code, detail=self.detail)


def new_transcription(
    transcription_id: UUID, *, poi_id: UUID, asset_id: UUID, provider: str, now: datetime
) -> Transcription:
    """A transcription that waits for its worker."""
    return Transcription(
        id=transcription_id,
        poi_id=poi_id,
        asset_id=asset_id,
        status=TranscriptionStatus.QUEUED,
        progress=0,
        provider=provider,
        language=None,
        text=None,
        segments=(),
        error=None,
        created_at=now,
        updated_at=now,
        completed_at=None,
    )


def check_asset(asset: Asset, poi_id: UUID) -> None:
    """Raises TranscriptionError unless the asset is the POI's, and of a type that has sound."""
    if asset.poi_id != poi_id:
        raise TranscriptionError(
            FailureCode.ASSET_POI_MISMATCH, f"asset {asset.id} belongs to POI {asset.poi_id}"
        )
    if asset.asset_type not in _WITH_SOUND:
        raise TranscriptionError(
            FailureCode.ASSET_NOT_TRANSCRIBABLE,
            f"asset {asset.id} is a {asset.asset_type}; only video and audio can be transcribed",
        )


def progress_while_transcribing(share: float) -> int:
    """The progress in percent when `share` (0–1) of the recording is transcribed."""
    span = Milestone.TRANSCRIBED - Milestone.MEDIA_PROBED
    return Milestone.MEDIA_PROBED + int(span * min(max(share, 0.0), 1.0))
