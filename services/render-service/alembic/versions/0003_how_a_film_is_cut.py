"""How a film is cut: its branding, its captions, its sound; and the stills of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    for name, kind, default in [
        ("branding", sa.Boolean(), "true"),
        ("captions", sa.Text(), "'beside'"),
        ("sound", sa.Text(), "'auto'"),
    ]:
        op.add_column(
            "renders", sa.Column(name, kind, server_default=sa.text(default), nullable=False)
        )
    op.add_column(
        "renders", sa.Column("stills", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )


def downgrade() -> None:
    for name in ("branding", "captions", "sound", "stills"):
        op.drop_column("renders", name)
