"""SPEC §3: a POST that is sent again with its `Idempotency-Key` happens once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from sqlalchemy import text

from common.config import ServiceSettings
from common.db import Database
from common.errors import WorkflowError
from common.idempotency import LOCK, RETENTION, Idempotency, json_fingerprint
from tests.problems import problem

KEY = {"Idempotency-Key": "a-key"}
SLOW = {"name": "something slow"}

Order = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def order(client: httpx.AsyncClient) -> Order:
    async def post(body: Any, path: str = "/orders", **headers: str) -> httpx.Response:
        return await client.post(path, json=body, headers={**KEY, **headers})

    return post


async def orders(database: Database) -> int:
    async with database.connection() as queries:
        row = await queries.one(text("SELECT count(*) AS count FROM jobs"))
    assert row is not None
    return int(row["count"])


async def age(database: Database, by: timedelta) -> None:
    """Makes every key older."""
    async with database.transaction() as tx:
        await tx.run(
            text(
                "UPDATE idempotency_keys SET locked_until = locked_until - CAST(:age AS interval),"
                " expires_at = expires_at - CAST(:age AS interval)"
            ),
            age=by,
        )


async def begin_something_slow(app: FastAPI, order: Order) -> asyncio.Task[httpx.Response]:
    app.state.gate.clear()
    app.state.waiting.clear()
    task = asyncio.ensure_future(order(SLOW))
    async with asyncio.timeout(5):
        await app.state.waiting.wait()
    return task


async def test_the_same_request_gets_the_first_answer_and_happens_once(
    order: Order, shop_database: Database
) -> None:
    first = await order({"name": "a", "count": 2})
    again = await order({"count": 2, "name": "a"})
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert await orders(shop_database) == 1


async def test_without_a_key_the_same_request_happens_again(
    client: httpx.AsyncClient, shop_database: Database
) -> None:
    for _ in range(2):
        await client.post("/orders", json={"name": "a"})
    assert await orders(shop_database) == 2


async def test_another_key_is_another_request(order: Order, shop_database: Database) -> None:
    for key in ("one", "two"):
        await order({"name": "a"}, **{"Idempotency-Key": key})
    assert await orders(shop_database) == 2


@pytest.mark.parametrize(
    ("body", "path"),
    [({"name": "b"}, "/orders"), ({"name": "a"}, "/orders?colour=red"), ({}, "/orders")],
)
async def test_the_same_key_with_another_body_or_query_is_refused(
    order: Order, shop_database: Database, body: Any, path: str
) -> None:
    await order({"name": "a"})
    problem(await order(body, path), 422, "idempotency_key_reused")
    assert await orders(shop_database) == 1


async def test_a_request_is_the_same_while_keys_rotate(
    order: Order, shop_database: Database
) -> None:
    first = await order({"name": "a"}, **{"X-API-Key": "a-new-key"})
    again = await order({"name": "a"}, **{"X-API-Key": "an-old-key"})
    assert first.json() == again.json()
    assert await orders(shop_database) == 1


async def test_a_key_in_flight_is_refused(
    app: FastAPI, order: Order, shop_database: Database
) -> None:
    first = await begin_something_slow(app, order)
    refusal = await order(SLOW)
    problem(refusal, 409, "idempotency_key_in_flight")
    assert refusal.headers["Retry-After"] == "1"
    app.state.gate.set()
    assert (await first).status_code == 201
    assert (await order(SLOW)).json() == (await first).json()
    assert await orders(shop_database) == 1


async def test_ten_at_once_happen_once(order: Order, shop_database: Database) -> None:
    answers = await asyncio.gather(*(order({"name": "a"}) for _ in range(10)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.text for answer in answers if answer.status_code == 201}) == 1
    assert await orders(shop_database) == 1


@pytest.mark.parametrize(
    ("body", "status"), [({"name": "something sold out"}, 409), ({"name": ""}, 422)]
)
async def test_a_refusal_is_kept_as_well(order: Order, body: Any, status: int) -> None:
    first = await order(body)
    again = await order(body)
    assert first.status_code == again.status_code == status
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Content-Type"] == "application/problem+json"
    assert first.json() == again.json()


@pytest.mark.parametrize(("name", "status"), [("a bug", 500), ("a supplier that is down", 503)])
async def test_a_failure_frees_the_key(order: Order, name: str, status: int) -> None:
    for _ in range(2):
        answer = await order({"name": name})
        assert answer.status_code == status
        assert "Idempotency-Replayed" not in answer.headers
    assert (await order({"name": "fine"})).status_code == 201


async def test_a_key_that_a_dead_process_left_is_free_after_a_minute(
    app: FastAPI, order: Order, shop_database: Database
) -> None:
    dead = await begin_something_slow(app, order)
    dead.cancel()
    await asyncio.wait({dead})
    await age(shop_database, LOCK - timedelta(seconds=5))
    problem(await order(SLOW), 409, "idempotency_key_in_flight")
    await age(shop_database, timedelta(seconds=6))
    app.state.gate.set()
    assert (await order(SLOW)).status_code == 201
    assert await orders(shop_database) == 1


async def test_an_answer_is_kept_for_a_day(order: Order, shop_database: Database) -> None:
    await order({"name": "a"})
    await age(shop_database, RETENTION - timedelta(minutes=1))
    assert "Idempotency-Replayed" in (await order({"name": "a"})).headers
    await age(shop_database, timedelta(minutes=2))
    assert "Idempotency-Replayed" not in (await order({"name": "a"})).headers
    assert await orders(shop_database) == 2


@pytest.mark.parametrize("key", ["", "x" * 256, "two\tparts", "é"])
async def test_a_key_that_is_none_is_refused(client: httpx.AsyncClient, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode())]
    answer = await client.post("/orders", json={"name": "a"}, headers=headers)
    body = problem(answer, 422, "validation_error")
    assert body["detail"] == "Idempotency-Key takes 1 to 255 printable ASCII characters"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((b'{"a": 1, "b": 2}', ""), (b'{"b":2,"a":1}', ""), True),
        ((b"", ""), (b"null", ""), True),
        ((b"", "a=1&b=2"), (b"", "b=2&a=1"), True),
        ((b'{"a": 1}', ""), (b'{"a": 1.5}', ""), False),
        ((b"", "a=1"), (b"", "a=2"), False),
        ((b"{", ""), (b"{{", ""), False),
    ],
)
def test_requests_are_the_same_by_their_parsed_body_and_query(
    one: tuple[bytes, str], other: tuple[bytes, str], *, same: bool
) -> None:
    assert (json_fingerprint(*one) == json_fingerprint(*other)) is same


def request() -> Request:
    headers = [(b"idempotency-key", b"a-key")]
    return Request({"type": "http", "method": "POST", "path": "/p", "headers": headers})


async def test_a_request_that_takes_longer_than_its_lock_keeps_it(database: Database) -> None:
    store = Idempotency(database, lock=timedelta(seconds=0.3))

    async def slowly() -> Response:
        await asyncio.sleep(0.8)
        return Response(b"done")

    first = asyncio.create_task(store.run(request(), "f", slowly))
    await asyncio.wait({first}, timeout=0.6)
    with pytest.raises(WorkflowError, match="still being answered"):
        await store.run(request(), "f", slowly)
    assert (await first).body == b"done"


async def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    database: Database, settings: ServiceSettings
) -> None:
    its_own = Database(settings)
    await its_own.open()

    async def with_the_database_lost() -> Response:
        await its_own.close()
        return Response(b"done", 201)

    answer = await Idempotency(its_own).run(request(), "f", with_the_database_lost)
    assert (answer.status_code, answer.body) == (201, b"done")
    with pytest.raises(WorkflowError, match="still being answered"):
        await Idempotency(database).run(request(), "f", with_the_database_lost)
