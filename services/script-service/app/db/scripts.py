"""Statements on scripts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import bindparam, insert, select

from app.db.models import ScriptRow
from common.db import Queries, Transaction
from common.listings import newest_first
from common.statements import prepare
from contracts.script import Script

_SHOWN = [ScriptRow.__table__.c[name] for name in Script.model_fields]
_GET = prepare(select(*_SHOWN).where(ScriptRow.id == bindparam("script_id")))
_ADD = prepare(insert(ScriptRow).inline(), list(Script.model_fields))

#: The columns that hold a part of the contract as JSON.
_DOCUMENTS = ("scenes", "listing", "fallback_reason", "usage")


async def get(queries: Queries, script_id: UUID) -> Script | None:
    """The script, or None."""
    row = await queries.one(_GET, script_id=script_id)
    return None if row is None else _shown(row)


async def add(tx: Transaction, script: Script) -> None:
    """Writes a new script."""
    columns = script.model_dump(exclude=set(_DOCUMENTS))
    shown = script.model_dump(mode="json", include=set(_DOCUMENTS))
    documents = {name: None if value is None else Jsonb(value) for name, value in shown.items()}
    await tx.run(_ADD, **columns, **documents)


async def find(
    queries: Queries, poi_id: UUID | None, *, before: UUID | None, limit: int
) -> list[Script]:
    """Scripts of a property, or all; newest first, of those older than the one `before`."""
    statement = newest_first(
        _SHOWN,
        ScriptRow.id,
        only={ScriptRow.poi_id: poi_id},
        before=before,
        limit=limit,
    )
    return [_shown(row) for row in await queries.all(statement)]


def _shown(row: Mapping[str, Any]) -> Script:
    return Script.model_validate(row)
