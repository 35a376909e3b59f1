"""Statements on what was seen in photos."""

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.sql.expression import any_

from app.core.brief import Quality, Sight
from app.db.models import PhotoSightRow
from common.db import Queries, Transaction
from common.statements import prepare
from contracts.asset import Room
from contracts.script import Motion

_KNOWN = prepare(
    select(
        PhotoSightRow.sha256, PhotoSightRow.room, PhotoSightRow.quality, PhotoSightRow.best_motion
    ).where(PhotoSightRow.sha256 == any_(bindparam("sha256s", type_=ARRAY(TEXT))))
)
_KEEP = prepare(
    insert(PhotoSightRow).on_conflict_do_nothing().inline(),
    ["sha256", "room", "quality", "best_motion", "model"],
)


async def known(queries: Queries, sha256s: Collection[str]) -> dict[str, Sight]:
    """What was seen in those of the photos that were looked at, by sha256."""
    rows = await queries.all(_KNOWN, sha256s=list(sha256s))
    return {
        row["sha256"]: Sight(Room(row["room"]), Quality(row["quality"]), Motion(row["best_motion"]))
        for row in rows
    }


async def keep(tx: Transaction, sha256: str, sight: Sight, *, model: str) -> None:
    """Writes down what was seen in a photo, unless that is known already."""
    await tx.run(
        _KEEP,
        sha256=sha256,
        room=sight.room,
        quality=sight.quality,
        best_motion=sight.best_motion,
        model=model,
    )
