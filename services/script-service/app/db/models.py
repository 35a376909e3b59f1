"""The tables of script-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, false, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class ScriptRow(Base):
    """A script; the JSON columns are parts of the contract, `listing` NULL in early scripts."""

    __tablename__ = "scripts"
    __table_args__ = (
        Index("ix_scripts_poi_id_id", "poi_id", "id"),
        CheckConstraint("total_duration_s > 0", name="lasts"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poi_id: Mapped[UUID]
    title: Mapped[str]
    language: Mapped[str]
    aspect_ratio: Mapped[str]
    provider: Mapped[str]
    model: Mapped[str]
    total_duration_s: Mapped[float]
    scenes: Mapped[list[Any]] = mapped_column(JSONB)
    listing: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    music_asset_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    fallback: Mapped[bool] = mapped_column(server_default=false())
    fallback_reason: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    usage: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class TranscriptRow(Base):
    """What was said in a video or audio: the latest recognised text of each asset."""

    __tablename__ = "transcripts"
    __table_args__ = (Index("ix_transcripts_poi_id", "poi_id"),)

    asset_id: Mapped[UUID] = mapped_column(primary_key=True)
    poi_id: Mapped[UUID]
    text: Mapped[str]
    completed_at: Mapped[datetime]


class PhotoSightRow(Base):
    """What a model saw in a photo: looked at once, whatever scripts it appears in."""

    __tablename__ = "photo_sights"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    room: Mapped[str]
    quality: Mapped[str]
    best_motion: Mapped[str]
    model: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
