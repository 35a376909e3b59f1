"""The tables of render-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class ScriptRow(Base):
    """A script as its event brought it; `content` is the contract's Script."""

    __tablename__ = "scripts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class RenderRow(Base):
    """A render; `files` says where the finished film lies (`core.renders.FilmFiles`), `stills`
    where the pictures that are there before it.

    `round` counts how often it was tried again; `light` is what its photos are matched to
    (`film.grading.FilmLight`).
    """

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
    branding: Mapped[bool] = mapped_column(server_default=text("true"))
    captions: Mapped[str] = mapped_column(server_default=text("'beside'"))
    sound: Mapped[str] = mapped_column(server_default=text("'auto'"))
    round: Mapped[int] = mapped_column(server_default=text("0"))
    video: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    stills: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    files: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    light: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class RenderSceneRow(Base):
    """A scene of a render; `clip` says where its clip lies (`core.renders.StoredFile`), `changes`
    what of its script is different (`core.changes.SceneChange`).

    Both are those of the film that can be fetched. While another is made in its place, or could not
    be, `wanted` has the changes that it is made for and `next_clip` its clips.
    """

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
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    next_clip: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class AttemptRow(Base):
    """A paid attempt at a scene (`core.ledger.Attempt`): never deleted, it is the account book."""

    __tablename__ = "attempts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["render_id", "scene_index"], ["render_scenes.render_id", "render_scenes.index"]
        ),
        CheckConstraint(
            "state IN ('intent', 'submitted', 'succeeded', 'failed', 'unknown')", name="state_known"
        ),
        Index("ix_attempts_render_id_scene_index", "render_id", "scene_index"),
        Index("ix_attempts_created_at", "created_at"),
        Index(
            "uq_attempts_scene_not_failed",
            "render_id",
            "scene_index",
            unique=True,
            postgresql_where=text("state <> 'failed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    render_id: Mapped[UUID]
    scene_index: Mapped[int]
    round: Mapped[int]
    state: Mapped[str]
    model: Mapped[str]
    ratio: Mapped[str]
    duration_s: Mapped[int]
    photo_sha256: Mapped[str | None]
    task_id: Mapped[str | None] = mapped_column(unique=True)
    task_status: Mapped[str | None]
    progress: Mapped[float | None]
    estimated_credits: Mapped[float]
    charged_credits: Mapped[float | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    worked_s: Mapped[float] = mapped_column(server_default=text("0"))
    collect_failures: Mapped[int] = mapped_column(server_default=text("0"))
    output: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    submitted_at: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ProviderQueueRow(Base):
    """What replicas tell one another about a provider: when it may be called, and how often.

    Until `resume_at` nobody calls, as `held` says why; `strikes` refusals came in a row; `stopped`
    says why the queue stands, until the provider's account is found in order again. Both are a
    `contracts.base.Problem`.
    """

    __tablename__ = "provider_queues"

    provider: Mapped[str] = mapped_column(primary_key=True)
    resume_at: Mapped[datetime | None]
    held: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    strikes: Mapped[int] = mapped_column(server_default=text("0"))
    stopped: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    max_concurrent: Mapped[int | None]
    limits_at: Mapped[datetime | None]


class SpeechClaimRow(Base):
    """Somebody is having a text spoken; `key` is where the speech will lie in the storage."""

    __tablename__ = "speech_claims"

    key: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[UUID]
    expires_at: Mapped[datetime]
