"""Keep which audio asset is the music of a script's films."""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("scripts", sa.Column("music_asset_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("scripts", "music_asset_id")
