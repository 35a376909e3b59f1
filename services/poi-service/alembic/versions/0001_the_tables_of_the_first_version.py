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
        "pois",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("poi_type", sa.Text(), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("agency", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("search_terms", postgresql.TSVECTOR(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'validated', 'published', 'archived')",
            name=op.f("ck_pois_status_known"),
        ),
        sa.CheckConstraint(
            "(lat IS NULL) = (lon IS NULL)", name=op.f("ck_pois_coordinates_both_or_neither")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pois")),
    )
    op.create_index("ix_pois_poi_type_id", "pois", ["poi_type", "id"], unique=False)
    op.create_index(
        "ix_pois_search_terms", "pois", ["search_terms"], unique=False, postgresql_using="gin"
    )
    op.create_index("ix_pois_status_id", "pois", ["status", "id"], unique=False)
    op.create_index("ix_pois_tags", "pois", ["tags"], unique=False, postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_pois_tags", table_name="pois", postgresql_using="gin")
    op.drop_index("ix_pois_status_id", table_name="pois")
    op.drop_index("ix_pois_search_terms", table_name="pois", postgresql_using="gin")
    op.drop_index("ix_pois_poi_type_id", table_name="pois")
    op.drop_table("pois")
    platform_schema.drop_v1()
