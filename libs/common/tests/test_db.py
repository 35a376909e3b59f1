"""Promise 7: a database outage is answered as such, and heals; a commit that fails is an error."""

import asyncio
import time

import pytest
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import text

from common.db import Database
from common.errors import DependencyUnavailable
from tests.support import DatabaseGate

ONE = text("SELECT 1 AS one")
BACKENDS = 8


async def answers(database: Database) -> bool:
    try:
        async with database.connection() as queries:
            return await queries.one(ONE) == {"one": 1}
    except DependencyUnavailable:
        return False


async def back_within(database: Database, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await answers(database):  # noqa: ASYNC110 - as a client would, it asks again
            await asyncio.sleep(0.05)


async def test_a_database_that_is_down_is_said_so_within_seconds(
    gated: Database, gate: DatabaseGate
) -> None:
    assert await answers(gated)  # a connection that is just being made would slip through
    gate.shut()
    began = time.monotonic()
    with pytest.raises(DependencyUnavailable) as refusal:
        async with gated.transaction():
            pytest.fail("there is no database")
    assert time.monotonic() - began < 6
    assert "Retry-After" in refusal.value.headers


async def test_a_database_that_comes_back_is_used_again_by_itself(
    gated: Database, gate: DatabaseGate
) -> None:
    assert await answers(gated)
    gate.shut()
    assert not await answers(gated)
    gate.open()
    await back_within(gated, 6)


async def test_an_outage_fails_no_more_than_what_was_under_way(
    gated: Database, gate: DatabaseGate
) -> None:
    assert all(await asyncio.gather(*(slow(gated) for _ in range(BACKENDS))))
    gate.shut()
    gate.open()
    assert not await answers(gated)
    await back_within(gated, 6)
    assert all(await asyncio.gather(*(slow(gated) for _ in range(BACKENDS))))


async def slow(database: Database) -> bool:
    """Holds its connection long enough for the others to need connections of their own."""
    async with database.connection() as queries:
        return await queries.one(text("SELECT pg_sleep(0.1)")) is not None


async def test_a_commit_that_fails_is_an_error_and_tells_nobody(database: Database) -> None:
    told: list[str] = []

    async def commit_a_dangling_reference() -> None:
        async with database.transaction() as tx:
            tx.on_commit(lambda: told.append("committed"))
            await tx.run(text("CREATE TEMPORARY TABLE parents (id int PRIMARY KEY)"))
            await tx.run(
                text(
                    "CREATE TEMPORARY TABLE children (parent int REFERENCES parents"
                    " DEFERRABLE INITIALLY DEFERRED)"
                )
            )
            await tx.run(text("INSERT INTO children VALUES (1)"))

    with pytest.raises(ForeignKeyViolation):
        await commit_a_dangling_reference()
    assert told == []


async def test_a_rollback_tells_nobody(database: Database) -> None:
    told: list[str] = []

    async def change_of_mind() -> None:
        async with database.transaction() as tx:
            tx.on_commit(lambda: told.append("committed"))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await change_of_mind()
    assert told == []


async def test_who_asked_is_told_once_the_commit_is_there(database: Database) -> None:
    told: list[str] = []
    async with database.transaction() as tx:
        tx.on_commit(lambda: told.append("committed"))
        await tx.run(ONE)
        assert told == []
    assert told == ["committed"]


async def test_a_dict_is_kept_as_json_and_times_are_utc(database: Database) -> None:
    async with database.connection() as queries:
        row = await queries.one(
            text("SELECT CAST(:value AS jsonb) AS value, current_setting('timezone') AS zone"),
            value={"été": [1, None]},
        )
    assert row == {"value": {"été": [1, None]}, "zone": "UTC"}
