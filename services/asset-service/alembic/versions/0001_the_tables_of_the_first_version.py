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
        "assets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poi_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asset_type", sa.Text(), nullable=False),
        sa.Column("file_path", sa.Text(), nullable=True),
        sa.Column("mime_type", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_status", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "asset_type IN ('photo', 'plan', 'video', 'audio', 'document')",
            name=op.f("ck_assets_type_known"),
        ),
        sa.CheckConstraint(
            "content_status IN ('missing', 'available')",
            name=op.f("ck_assets_content_status_known"),
        ),
        sa.CheckConstraint(
            "content_status = 'missing' OR (file_path IS NOT NULL AND mime_type IS NOT NULL"
            " AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)",
            name=op.f("ck_assets_available_content_is_described"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    op.create_index("ix_assets_asset_type_id", "assets", ["asset_type", "id"], unique=False)
    op.create_index("ix_assets_poi_id_id", "assets", ["poi_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("assets")
    platform_schema.drop_v1()
