"""The tables of render-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class ScriptRow(Base):
    """A script as its event brought it; `content` is the contract's Script."""

    __tablename__ = "scripts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class RenderRow(Base):
    """A render; `files` says where the finished film lies (`core.renders.FilmFiles`)."""

    __tablename__ = "renders"
    __table_args__ = (
        Index("ix_renders_poi_id_id", "poi_id", "id"),
        Index("ix_renders_status_id", "status", "id"),
        CheckConstraint(
            "status IN ('queued', 'running', 'completed', 'failed', 'cancelled')",
            name="status_known",
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_percent"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poi_id: Mapped[UUID]
    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id"))
    status: Mapped[str]
    stage: Mapped[str]
    progress: Mapped[int]
    mode: Mapped[str]
    aspect_ratio: Mapped[str]
    profile: Mapped[str]
    video: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    files: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class RenderSceneRow(Base):
    """A scene of a render; `clip` says where its clip lies (`core.renders.StoredFile`)."""

    __tablename__ = "render_scenes"
    __table_args__ = (
        CheckConstraint(
            "status IN ('queued', 'running', 'completed', 'failed', 'unknown')",
            name="status_known",
        ),
    )

    render_id: Mapped[UUID] = mapped_column(
        ForeignKey("renders.id", ondelete="CASCADE"), primary_key=True
    )
    index: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    provider: Mapped[str]
    provider_job_id: Mapped[str | None]
    duration_s: Mapped[float]
    attempts: Mapped[int]
    credits: Mapped[float | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    clip: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
