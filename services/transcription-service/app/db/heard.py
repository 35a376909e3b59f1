"""Statements on what was heard in pieces of audio."""

from collections.abc import Collection
from datetime import timedelta

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter
from sqlalchemy import Interval, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlalchemy.sql.expression import any_

from app.core.heard import Heard
from app.db.models import HeardPieceRow
from common.db import Queries, Transaction
from common.statements import prepare

_HEARD = TypeAdapter(Heard)

#: What is left of transcriptions that failed and were never started again.
_KEPT_FOR = timedelta(days=30)

_KEYS = ["audio_sha256", "provider", "model"]
_OURS = tuple(HeardPieceRow.__table__.c[name] == bindparam(name) for name in _KEYS)
_RECALL = prepare(select(HeardPieceRow.heard).where(*_OURS))
_KEEP = prepare(insert(HeardPieceRow).on_conflict_do_nothing().inline(), [*_KEYS, "heard"])
_FORGET = prepare(
    delete(HeardPieceRow).where(
        (HeardPieceRow.audio_sha256 == any_(bindparam("audio_sha256s", type_=ARRAY(TEXT))))
        | (HeardPieceRow.heard_at < func.now() - bindparam("kept_for", type_=Interval))
    )
)


async def recall(queries: Queries, audio_sha256: str, *, provider: str, model: str) -> Heard | None:
    """What was heard in that audio before, or None."""
    row = await queries.one(_RECALL, audio_sha256=audio_sha256, provider=provider, model=model)
    return None if row is None else _HEARD.validate_python(row["heard"])


async def keep(
    tx: Transaction, audio_sha256: str, heard: Heard, *, provider: str, model: str
) -> None:
    """Writes down what was heard, unless that is known already."""
    document = Jsonb(_HEARD.dump_python(heard, mode="json"))
    await tx.run(_KEEP, audio_sha256=audio_sha256, provider=provider, model=model, heard=document)


async def forget(tx: Transaction, audio_sha256s: Collection[str]) -> None:
    """Removes what a finished transcription was made of, and what nobody has asked for in weeks."""
    await tx.run(_FORGET, audio_sha256s=list(audio_sha256s), kept_for=_KEPT_FOR)
