"""The tables of transcription-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class TranscriptionRow(Base):
    """A transcription; `segments` holds the contract's Segments."""

    __tablename__ = "transcriptions"
    __table_args__ = (
        Index("ix_transcriptions_poi_id_id", "poi_id", "id"),
        CheckConstraint(
            "status IN ('queued', 'running', 'completed', 'failed')", name="status_known"
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_percent"),
        CheckConstraint(
            "(completed_at IS NULL) = (status IN ('queued', 'running'))",
            name="completed_at_when_finished",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poi_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    status: Mapped[str]
    progress: Mapped[int]
    provider: Mapped[str]
    language: Mapped[str | None]
    text: Mapped[str | None]
    segments: Mapped[list[Any]] = mapped_column(JSONB)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class HeardPieceRow(Base):
    """What a provider heard in a piece of audio: it is not sent again while its job goes on."""

    __tablename__ = "heard_pieces"

    audio_sha256: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    heard: Mapped[dict[str, Any]]
    heard_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
