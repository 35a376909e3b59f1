"""Statements that list a table, newest first, page by page (`common.pagination` asks for pages)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute


def newest_first(
    columns: Sequence[ColumnElement[Any]],
    row_id: InstrumentedAttribute[UUID],
    *,
    only: Mapping[InstrumentedAttribute[Any], object],
    before: UUID | None,
    limit: int,
) -> Select[Any]:
    """The `columns` of up to `limit` rows, of those older than the one whose id is `before`.

    `only` says what columns must hold; None means anything.
    """
    statement = select(*columns).order_by(row_id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(row_id < before)
    for column, wanted in only.items():
        if wanted is not None:
            statement = statement.where(column == wanted)
    return statement
