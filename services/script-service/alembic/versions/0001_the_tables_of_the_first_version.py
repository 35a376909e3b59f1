"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common import platform_schema

revision: str = "0001"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    platform_schema.create_v1()
    op.create_table(
        "scripts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poi_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("aspect_ratio", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("total_duration_s", sa.Double(), nullable=False),
        sa.Column("scenes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("total_duration_s > 0", name=op.f("ck_scripts_lasts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scripts")),
    )
    op.create_index("ix_scripts_poi_id_id", "scripts", ["poi_id", "id"], unique=False)
    op.create_table(
        "transcripts",
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("poi_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("completed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_transcripts")),
    )
    op.create_index("ix_transcripts_poi_id", "transcripts", ["poi_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_transcripts_poi_id", table_name="transcripts")
    op.drop_table("transcripts")
    op.drop_index("ix_scripts_poi_id_id", table_name="scripts")
    op.drop_table("scripts")
    platform_schema.drop_v1()
