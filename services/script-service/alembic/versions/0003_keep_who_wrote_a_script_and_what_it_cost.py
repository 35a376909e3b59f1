"""Keep whether the fallback wrote a script, why, and what the provider counted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column(
        "scripts",
        sa.Column("fallback", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    for name in ("fallback_reason", "usage"):
        column = sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=True)
        op.add_column("scripts", column)


def downgrade() -> None:
    for name in ("usage", "fallback_reason", "fallback"):
        op.drop_column("scripts", name)
