"""Statements on assets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from app.db.models import AssetRow
from common.db import Queries, Transaction
from common.listings import newest_first
from common.statements import prepare
from contracts.asset import Asset, AssetType, ContentStatus

_SHOWN = [AssetRow.__table__.c[name] for name in Asset.model_fields]

_IS_IT = AssetRow.id == bindparam("asset_id")
_GET = prepare(select(*_SHOWN).where(_IS_IT))
_GET_FOR_UPDATE = prepare(select(*_SHOWN).where(_IS_IT).with_for_update())
_ADD = prepare(insert(AssetRow).inline(), list(Asset.model_fields))
_SAVE = prepare(
    update(AssetRow).where(_IS_IT),
    [name for name in Asset.model_fields if name not in {"id", "created_at"}],
)
_REMOVE = prepare(delete(AssetRow).where(_IS_IT))


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets to list; None means any."""

    poi_id: UUID | None = None
    asset_type: AssetType | None = None


async def get(queries: Queries, asset_id: UUID) -> Asset | None:
    """The asset, or None."""
    return _shown(await queries.one(_GET, asset_id=asset_id))


async def get_for_update(tx: Transaction, asset_id: UUID) -> Asset | None:
    """The asset, locked until the transaction ends, or None."""
    return _shown(await tx.one(_GET_FOR_UPDATE, asset_id=asset_id))


async def add(tx: Transaction, asset: Asset) -> None:
    """Writes a new asset."""
    await tx.run(_ADD, **asset.model_dump())


async def save(tx: Transaction, asset: Asset) -> None:
    """Writes an asset that is there."""
    await tx.run(_SAVE, asset_id=asset.id, **asset.model_dump(exclude={"id", "created_at"}))


async def remove(tx: Transaction, asset_id: UUID) -> None:
    """Deletes an asset."""
    await tx.run(_REMOVE, asset_id=asset_id)


async def find(
    queries: Queries, wanted: AssetFilter, *, before: UUID | None, limit: int
) -> list[Asset]:
    """Assets that fit, newest first, of those older than the one with id `before`."""
    statement = newest_first(
        _SHOWN,
        AssetRow.id,
        only={AssetRow.poi_id: wanted.poi_id, AssetRow.asset_type: wanted.asset_type},
        before=before,
        limit=limit,
    )
    return [Asset.model_validate(row) for row in await queries.all(statement)]


async def find_missing(queries: Queries, *, before: UUID | None, limit: int) -> list[Asset]:
    """Assets whose file was not there, newest first, of those older than id `before`."""
    statement = newest_first(
        _SHOWN,
        AssetRow.id,
        only={AssetRow.content_status: ContentStatus.MISSING},
        before=before,
        limit=limit,
    ).where(AssetRow.file_path.is_not(None))
    return [Asset.model_validate(row) for row in await queries.all(statement)]


def _shown(row: Mapping[str, Any] | None) -> Asset | None:
    return None if row is None else Asset.model_validate(row)
