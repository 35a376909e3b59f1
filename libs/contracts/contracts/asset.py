"""A photo, plan, video, audio or document of a property as asset-service shows it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.base import Resource, Timestamp


class AssetType(StrEnum):
    """What an asset is; decides which content types it may hold."""

    PHOTO = "photo"
    PLAN = "plan"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class Room(StrEnum):
    """What an asset shows."""

    EXTERIOR = "exterior"
    LIVING_ROOM = "living_room"
    KITCHEN = "kitchen"
    BEDROOM = "bedroom"
    BATHROOM = "bathroom"
    DINING_ROOM = "dining_room"
    OFFICE = "office"
    HALLWAY = "hallway"
    TERRACE = "terrace"
    GARDEN = "garden"
    POOL = "pool"
    GARAGE = "garage"
    VIEW = "view"
    PLAN = "plan"
    OTHER = "other"


class ContentStatus(StrEnum):
    """Whether the bytes are here."""

    MISSING = "missing"
    AVAILABLE = "available"


class Asset(Resource):
    """One asset; `width` and `height` in pixels as displayed, `duration_s` in seconds."""

    id: UUID
    poi_id: UUID
    name: str
    asset_type: AssetType
    file_path: str | None
    mime_type: str | None
    room: Room
    position: int | None
    metadata: dict[str, Any]
    content_status: ContentStatus
    size_bytes: int | None
    sha256: str | None
    width: int | None
    height: int | None
    duration_s: float | None
    created_at: Timestamp
    updated_at: Timestamp

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
