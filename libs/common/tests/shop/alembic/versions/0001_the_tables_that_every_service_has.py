from common import platform_schema

revision: str = "0001"
down_revision: str | None = None


def upgrade() -> None:
    platform_schema.create_v1()


def downgrade() -> None:
    platform_schema.drop_v1()
