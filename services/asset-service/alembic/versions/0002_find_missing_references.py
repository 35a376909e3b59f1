"""Find the assets whose file is missing without looking at all of them."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_index(
        "ix_assets_missing",
        "assets",
        ["id"],
        unique=False,
        postgresql_where=sa.text("content_status = 'missing' AND file_path IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_assets_missing", table_name="assets")
