"""Statements on transcriptions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import bindparam, insert, select, update

from app.db.models import TranscriptionRow
from common.db import Queries, Transaction
from common.listings import newest_first
from common.statements import prepare
from contracts.transcription import Transcription

#: The columns that hold a part of the contract as JSON.
_DOCUMENTS = ("segments", "error")
_SHOWN = [TranscriptionRow.__table__.c[name] for name in Transcription.model_fields]

_BY_ID = select(*_SHOWN).where(TranscriptionRow.id == bindparam("transcription_id"))
_GET = prepare(_BY_ID)
_LOCK = prepare(_BY_ID.with_for_update())
_ADD = prepare(insert(TranscriptionRow).inline(), list(Transcription.model_fields))
_SAVE = prepare(
    update(TranscriptionRow).where(TranscriptionRow.id == bindparam("transcription_id")),
    [name for name in Transcription.model_fields if name != "id"],
)


async def get(queries: Queries, transcription_id: UUID) -> Transcription | None:
    """The transcription, or None."""
    return _shown(await queries.one(_GET, transcription_id=transcription_id))


async def get_for_update(tx: Transaction, transcription_id: UUID) -> Transcription | None:
    """The transcription, locked until the transaction ends, or None."""
    return _shown(await tx.one(_LOCK, transcription_id=transcription_id))


async def add(tx: Transaction, transcription: Transcription) -> None:
    """Writes a new transcription."""
    await tx.run(_ADD, **_columns(transcription))


async def save(tx: Transaction, transcription: Transcription) -> None:
    """Writes a transcription that is there."""
    columns = _columns(transcription)
    await tx.run(_SAVE, transcription_id=columns.pop("id"), **columns)


async def find(
    queries: Queries, *, poi_id: UUID | None, before: UUID | None, limit: int
) -> list[Transcription]:
    """The transcriptions of a POI, or all; newest first, of those older than id `before`."""
    statement = newest_first(
        _SHOWN,
        TranscriptionRow.id,
        only={TranscriptionRow.poi_id: poi_id},
        before=before,
        limit=limit,
    )
    return [Transcription.model_validate(row) for row in await queries.all(statement)]


def _shown(row: Mapping[str, Any] | None) -> Transcription | None:
    return None if row is None else Transcription.model_validate(row)


def _columns(transcription: Transcription) -> dict[str, Any]:
    columns = transcription.model_dump(exclude=set(_DOCUMENTS))
    shown = transcription.model_dump(mode="json", include=set(_DOCUMENTS))
    documents = {name: None if value is None else Jsonb(value) for name, value in shown.items()}
    return {**columns, **documents}
