"""A database that keeps its connections and answers nothing: said so in time, and used again."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import text

from common.db import Database
from common.errors import DependencyUnavailable
from devstack import testing
from tests.shop import main as shop
from tests.support import FreezablePostgres

STATEMENT_S = 0.5
CALLERS = 8

#: What a statement may take, the two seconds after it, and what a checkout may take after those.
MOST_S = 8.0


@dataclass
class Shop:
    """A shop, and the database that it stands on."""

    postgres: FreezablePostgres
    client: httpx.AsyncClient
    database: Database

    async def order(self) -> httpx.Response:
        return await self.client.post("/orders", json={"name": "a chair"})

    async def back_within(self, seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not (await self.order()).is_success:  # noqa: ASYNC110 - as a client asks
                await asyncio.sleep(0.05)


@pytest.fixture
async def frail(
    shop_settings: shop.Settings, freezable_postgres: FreezablePostgres
) -> AsyncIterator[Shop]:
    settings = shop_settings.model_copy(
        update={
            "postgres_host": freezable_postgres.host,
            "postgres_statement_timeout_s": STATEMENT_S,
        }
    )
    app = shop.build(testing.migrated(settings, shop.ROOT))
    async with testing.running(app), testing.caller(app, key="a-new-key") as client:
        yield Shop(freezable_postgres, client, app.state.database)


async def test_requests_are_answered_503_in_time_and_served_again_when_it_goes_on(
    frail: Shop,
) -> None:
    warm = await asyncio.gather(*(frail.order() for _ in range(CALLERS)))
    assert {answer.status_code for answer in warm} == {201}
    frail.postgres.freeze()
    began = time.monotonic()
    answers = await asyncio.gather(
        *(frail.order() for _ in range(CALLERS)), frail.client.get("/orders")
    )
    assert time.monotonic() - began < MOST_S
    assert {answer.status_code for answer in answers} == {503}
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "dependency_unavailable"
        assert "Retry-After" in answer.headers
    frail.postgres.thaw()
    await frail.back_within(MOST_S)


async def test_readiness_says_so_within_its_two_seconds(frail: Shop) -> None:
    assert (await frail.order()).is_success
    frail.postgres.freeze()
    began = time.monotonic()
    answer = await frail.client.get("/readyz")
    assert time.monotonic() - began < 3
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "no answer within 2 s"
    frail.postgres.thaw()


async def test_a_statement_that_takes_too_long_is_ended_and_costs_no_connection(
    frail: Shop,
) -> None:
    async with frail.database.connection() as queries:
        before = await queries.one(text("SELECT pg_backend_pid() AS pid"))
        with pytest.raises(Exception, match="statement timeout"):
            await queries.run(text("SELECT pg_sleep(30)"))
        assert await queries.one(text("SELECT pg_backend_pid() AS pid")) == before
    with pytest.raises(DependencyUnavailable):
        await frail.database.run(text("SELECT pg_sleep(30)"))
