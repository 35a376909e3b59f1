"""What replicas agree on: why paid calls are held back, and who has a text spoken."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column(
        "provider_queues",
        sa.Column("held", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )
    op.create_table(
        "speech_claims",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_speech_claims")),
    )


def downgrade() -> None:
    op.drop_table("speech_claims")
    op.drop_column("provider_queues", "held")
