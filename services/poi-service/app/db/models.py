"""The tables of poi-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class PoiRow(Base):
    """A property; `search_terms` holds the words that search looks at."""

    __tablename__ = "pois"
    __table_args__ = (
        Index("ix_pois_search_terms", "search_terms", postgresql_using="gin"),
        Index("ix_pois_tags", "tags", postgresql_using="gin"),
        Index("ix_pois_status_id", "status", "id"),
        Index("ix_pois_poi_type_id", "poi_type", "id"),
        CheckConstraint(
            "status IN ('draft', 'validated', 'published', 'archived')", name="status_known"
        ),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="coordinates_both_or_neither"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    description: Mapped[str]
    address: Mapped[str]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    poi_type: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    facts: Mapped[dict[str, Any]]
    agency: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    status: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    search_terms: Mapped[str] = mapped_column(TSVECTOR)
