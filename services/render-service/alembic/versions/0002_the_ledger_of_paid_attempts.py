"""The ledger of paid attempts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column(
        "renders", sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("render_id", sa.Uuid(), nullable=False),
        sa.Column("scene_index", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("ratio", sa.Text(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=True),
        sa.Column("task_status", sa.Text(), nullable=True),
        sa.Column("progress", sa.Double(), nullable=True),
        sa.Column("estimated_credits", sa.Double(), nullable=False),
        sa.Column("charged_credits", sa.Double(), nullable=True),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("worked_s", sa.Double(), server_default=sa.text("0"), nullable=False),
        sa.Column("collect_failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("output", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("submitted_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("polled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('intent', 'submitted', 'succeeded', 'failed', 'unknown')",
            name=op.f("ck_attempts_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["render_id", "scene_index"],
            ["render_scenes.render_id", "render_scenes.index"],
            name=op.f("fk_attempts_render_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("task_id", name=op.f("uq_attempts_task_id")),
    )
    op.create_index("ix_attempts_created_at", "attempts", ["created_at"], unique=False)
    op.create_index(
        "ix_attempts_render_id_scene_index", "attempts", ["render_id", "scene_index"], unique=False
    )
    op.create_index(
        "uq_attempts_scene_not_failed",
        "attempts",
        ["render_id", "scene_index"],
        unique=True,
        postgresql_where=sa.text("state <> 'failed'"),
    )
    op.create_table(
        "provider_queues",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("resume_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("strikes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stopped", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("max_concurrent", sa.Integer(), nullable=True),
        sa.Column("limits_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_provider_queues")),
    )


def downgrade() -> None:
    op.drop_table("provider_queues")
    op.drop_index(
        "uq_attempts_scene_not_failed",
        table_name="attempts",
        postgresql_where=sa.text("state <> 'failed'"),
    )
    op.drop_index("ix_attempts_render_id_scene_index", table_name="attempts")
    op.drop_index("ix_attempts_created_at", table_name="attempts")
    op.drop_table("attempts")
    op.drop_column("renders", "round")
