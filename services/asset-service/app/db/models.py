"""The tables of asset-service."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from common.models import Base


class AssetRow(Base):
    """An asset; its bytes are in the storage, under the key that `file_path` means."""

    __tablename__ = "assets"
    __table_args__ = (
        Index("ix_assets_poi_id_id", "poi_id", "id"),
        Index("ix_assets_asset_type_id", "asset_type", "id"),
        Index(
            "ix_assets_missing",
            "id",
            postgresql_where=text("content_status = 'missing' AND file_path IS NOT NULL"),
        ),
        CheckConstraint(
            "asset_type IN ('photo', 'plan', 'video', 'audio', 'document')", name="type_known"
        ),
        CheckConstraint("content_status IN ('missing', 'available')", name="content_status_known"),
        CheckConstraint(
            "content_status = 'missing' OR (file_path IS NOT NULL AND mime_type IS NOT NULL"
            " AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)",
            name="available_content_is_described",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    poi_id: Mapped[UUID]
    name: Mapped[str]
    asset_type: Mapped[str]
    file_path: Mapped[str | None]
    mime_type: Mapped[str | None]
    room: Mapped[str]
    position: Mapped[int | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata")
    content_status: Mapped[str]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
