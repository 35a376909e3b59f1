"""What a film in the making changes, kept apart until it takes the place of a finished one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None

_COLUMNS = ("wanted", "next_clip")


def upgrade() -> None:
    for name in _COLUMNS:
        column = sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=True)
        op.add_column("render_scenes", column)


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("render_scenes", name)
