"""Statements on what was said in videos and audio."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from app.db.models import TranscriptRow
from common.db import Queries, Transaction
from common.statements import prepare

_NEW = insert(TranscriptRow)
_KEEP = prepare(
    _NEW.on_conflict_do_update(
        index_elements=[TranscriptRow.asset_id],
        set_={
            "poi_id": _NEW.excluded.poi_id,
            "text": _NEW.excluded.text,
            "completed_at": _NEW.excluded.completed_at,
        },
        where=TranscriptRow.completed_at <= _NEW.excluded.completed_at,
    ).inline(),
    ["asset_id", "poi_id", "text", "completed_at"],
)
_OF_POI = prepare(
    select(TranscriptRow.asset_id, TranscriptRow.text)
    .where(TranscriptRow.poi_id == bindparam("poi_id"))
    .order_by(TranscriptRow.asset_id)
)


async def keep(
    tx: Transaction, *, asset_id: UUID, poi_id: UUID, text: str, completed_at: datetime
) -> None:
    """Writes what was said in an asset, unless a later text is there."""
    await tx.run(_KEEP, asset_id=asset_id, poi_id=poi_id, text=text, completed_at=completed_at)


async def of_poi(queries: Queries, poi_id: UUID, assets: Collection[UUID]) -> tuple[str, ...]:
    """What was said in those assets of a property."""
    rows = await queries.all(_OF_POI, poi_id=poi_id)
    return tuple(row["text"] for row in rows if row["asset_id"] in assets)
