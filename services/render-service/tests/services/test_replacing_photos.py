"""Which asset may take the place of a scene's photo."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.services.regenerating import check_asset
from common.clock import utc_now
from common.errors import Unprocessable
from contracts.asset import Asset, AssetType, ContentStatus, Room

PHOTO = uuid4()


def asset_with(**fields: Any) -> Asset:
    """A photo with content, unless fields say otherwise."""
    now = utc_now()
    known = {
        "id": PHOTO,
        "name": "1.jpg",
        "asset_type": AssetType.PHOTO,
        "room": Room.OTHER,
        "metadata": {},
        "content_status": ContentStatus.AVAILABLE,
        "created_at": now,
        "updated_at": now,
    }
    missing = dict.fromkeys(Asset.model_fields)
    return Asset.model_validate({**missing, **known, **fields})


@dataclass
class Catalog:
    """Knows one asset, or none."""

    asset: Asset | None

    async def find(self, asset_id: UUID) -> Asset | None:
        return self.asset if self.asset and self.asset.id == asset_id else None


async def test_only_a_picture_of_the_same_property_takes_a_photo_s_place() -> None:
    poi_id = uuid4()
    photo = asset_with(poi_id=poi_id)
    assert await check_asset(Catalog(photo), PHOTO, poi_id) == photo
    for unfit in (
        None,
        asset_with(poi_id=uuid4()),
        asset_with(poi_id=poi_id, asset_type=AssetType.AUDIO),
        asset_with(poi_id=poi_id, content_status=ContentStatus.MISSING),
    ):
        with pytest.raises(Unprocessable) as refusal:
            await check_asset(Catalog(unfit), PHOTO, poi_id)
        assert refusal.value.code == "asset_unfit"
