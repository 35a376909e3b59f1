"""The time of day, in UTC."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, with the offset of UTC."""
    return datetime.now(UTC)
