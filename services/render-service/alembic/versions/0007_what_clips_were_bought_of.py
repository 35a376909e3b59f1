"""Of which photo a clip was bought, so that a film's manifest can name it."""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("photo_sha256", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("attempts", "photo_sha256")
