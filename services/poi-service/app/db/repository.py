"""Statements on the table of properties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TSQUERY

from app.core.search import prefix_query, search_words
from app.db.models import PoiRow
from common.db import Queries, Transaction
from common.listings import newest_first
from common.outbox import Change, with_event
from common.statements import prepare
from contracts.poi import Poi, PoiStatus

_SHOWN = [PoiRow.__table__.c[name] for name in Poi.model_fields]
_SEARCH_TERMS = func.array_to_tsvector(bindparam("search_words", type_=ARRAY(TEXT)))

_BY_ID = select(*_SHOWN).where(PoiRow.id == bindparam("poi_id"))
_GET = prepare(_BY_ID)
_GET_FOR_UPDATE = prepare(_BY_ID.with_for_update())
_ADD = with_event(insert(PoiRow).values(search_terms=_SEARCH_TERMS), list(Poi.model_fields))
_SAVE = prepare(
    update(PoiRow).where(PoiRow.id == bindparam("poi_id")).values(search_terms=_SEARCH_TERMS),
    [name for name in Poi.model_fields if name not in {"id", "created_at"}],
)


@dataclass(frozen=True, slots=True)
class PoiFilter:
    """Which properties to list; None means any."""

    query: str | None = None
    status: PoiStatus | None = None
    poi_type: str | None = None
    tag: str | None = None


async def get(queries: Queries, poi_id: UUID) -> Poi | None:
    """The property, or None."""
    return _shown(await queries.one(_GET, poi_id=poi_id))


async def get_for_update(tx: Transaction, poi_id: UUID) -> Poi | None:
    """The property, locked until the transaction ends, or None."""
    return _shown(await tx.one(_GET_FOR_UPDATE, poi_id=poi_id))


def addition(poi: Poi) -> Change:
    """What writes a new property."""
    return Change(_ADD, _columns(poi))


async def save(tx: Transaction, poi: Poi) -> None:
    """Writes a property that is there."""
    columns = _columns(poi)
    del columns["created_at"]
    await tx.run(_SAVE, poi_id=columns.pop("id"), **columns)


async def find(
    queries: Queries, wanted: PoiFilter, *, before: UUID | None, limit: int
) -> list[Poi]:
    """Properties that fit, newest first, of those older than the one with id `before`."""
    statement = newest_first(
        _SHOWN,
        PoiRow.id,
        only={PoiRow.status: wanted.status, PoiRow.poi_type: wanted.poi_type},
        before=before,
        limit=limit,
    )
    if wanted.tag is not None:
        statement = statement.where(PoiRow.tags.contains([wanted.tag]))
    if wanted.query is not None and (words := prefix_query(wanted.query)):
        statement = statement.where(PoiRow.search_terms.bool_op("@@")(cast(words, TSQUERY)))
    return [Poi.model_validate(row) for row in await queries.all(statement)]


def _shown(row: Mapping[str, Any] | None) -> Poi | None:
    return None if row is None else Poi.model_validate(row)


def _columns(poi: Poi) -> dict[str, Any]:
    return {
        **poi.model_dump(exclude={"facts", "agency", "tags"}),
        "status": poi.status.value,
        "tags": list(poi.tags),
        "facts": poi.facts.model_dump(mode="json"),
        "agency": poi.agency and poi.agency.model_dump(mode="json"),
        "search_words": search_words(poi.name, poi.description, poi.address, *poi.tags),
    }
