"""Keep what was heard so far."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "heard_pieces",
        sa.Column("audio_sha256", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("heard", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "heard_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("audio_sha256", "provider", "model", name=op.f("pk_heard_pieces")),
    )
    op.create_index(op.f("ix_heard_pieces_heard_at"), "heard_pieces", ["heard_at"], unique=False)


def downgrade() -> None:
    op.drop_table("heard_pieces")
