"""Fields of requests that are not JSON."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.core.draft import AssetDraft, AssetName, GivenAssetType
from contracts.asset import AssetType, Room


class UploadFields(BaseModel):
    """What comes with an uploaded file, which gives the asset its name when `name` is absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    poi_id: UUID
    name: AssetName | None = None
    asset_type: GivenAssetType = AssetType.PHOTO
    room: Room | None = None

    def draft(self, file_name: str) -> AssetDraft:
        """The asset that the fields and the file's name make."""
        return AssetDraft(
            poi_id=self.poi_id,
            name=self.name or file_name or self.asset_type,
            asset_type=self.asset_type,
            room=self.room,
        )
