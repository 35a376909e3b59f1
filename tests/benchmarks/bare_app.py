"""The yardstick: the least FastAPI app that reads and writes one POI by raw psycopg.

No authentication, no validation beyond the path, no events, no errors, no logs.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

_COLUMNS = (
    "id, name, description, address, lat, lon, poi_type, tags, facts, agency, status, version, "
    "created_at, updated_at"
)
_SELECT = f"SELECT {_COLUMNS} FROM pois WHERE id = %s"
_INSERT = (
    "INSERT INTO pois (id, name, description, address, poi_type, tags, facts, status, version,"
    " created_at, updated_at, search_terms)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, 'draft', 1, now(), now(), ''::tsvector)"
)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool = AsyncConnectionPool(
        os.environ["BARE_DSN"],
        kwargs={"autocommit": True, "row_factory": dict_row},
        min_size=1,
        max_size=16,
        open=False,
    )
    async with pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_lifespan)


@app.get("/pois/{poi_id}")
async def read(poi_id: UUID, request: Request) -> dict[str, object]:
    """One POI."""
    async with request.app.state.pool.connection() as connection:
        row: dict[str, object] = await (await connection.execute(_SELECT, [poi_id])).fetchone()
    return row


@app.post("/pois", status_code=201)
async def create(body: dict[str, object], request: Request) -> dict[str, object]:
    """A new POI."""
    poi_id = uuid4()
    values = [poi_id, body["name"], "", "", "other", [], Jsonb({})]
    async with request.app.state.pool.connection() as connection:
        await connection.execute(_INSERT, values)
    return {"id": poi_id, **body}
