"""A speech-to-text job as transcription-service shows it."""

from enum import StrEnum
from uuid import UUID

from contracts.base import Problem, Progress, Resource, Timestamp


class TranscriptionStatus(StrEnum):
    """Where a transcription stands."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class Segment(Resource):
    """What was said between two instants, in seconds from the start of the media."""

    start_s: float
    end_s: float
    text: str


class Transcription(Resource):
    """A transcription job and, once completed, its text."""

    id: UUID
    poi_id: UUID
    asset_id: UUID
    status: TranscriptionStatus
    progress: Progress
    provider: str
    language: str | None
    text: str | None
    segments: tuple[Segment, ...]
    error: Problem | None
    created_at: Timestamp
    updated_at: Timestamp
    completed_at: Timestamp | None

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
