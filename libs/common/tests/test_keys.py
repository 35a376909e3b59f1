"""Who may ask (SPEC §3: X-API-Key), and the id that a request goes by (X-Correlation-ID)."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from common.db import Database
from common.middleware.auth import OPEN_PATHS
from tests.problems import problem


@pytest.mark.parametrize("path", sorted(OPEN_PATHS))
async def test_a_few_paths_are_open_without_a_key(stranger: httpx.AsyncClient, path: str) -> None:
    assert (await stranger.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/orders"),
        ("POST", "/orders"),
        ("DELETE", "/orders"),
        ("GET", "/orders/not-a-uuid"),
        ("GET", "/no/such/path"),
        ("GET", "/metrics/"),
        ("GET", "/healthz/deep"),
    ],
)
async def test_without_a_key_nothing_else_is_looked_at(
    stranger: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await stranger.request(method, path, content=b"{" * 2_000_000)
    detail = problem(answer, 401, "unauthorized")["detail"]
    assert detail == "the header X-API-Key is missing"
    assert answer.headers["WWW-Authenticate"] == 'ApiKey header="X-API-Key"'


@pytest.mark.parametrize("key", ["", "wrong", "a-new-key,an-old-key", "a-new-ke", "é"])
async def test_a_wrong_key_is_refused(stranger: httpx.AsyncClient, key: str) -> None:
    answer = await stranger.get("/orders", headers=[(b"X-API-Key", key.encode())])
    detail = problem(answer, 401, "unauthorized")["detail"]
    assert detail == "the header X-API-Key is not one that is known here"


@pytest.mark.parametrize("key", ["a-new-key", "an-old-key"])
async def test_every_key_of_the_list_is_known(stranger: httpx.AsyncClient, key: str) -> None:
    assert (await stranger.get("/orders", headers={"X-API-Key": key})).status_code == 200


@pytest.mark.parametrize("given", ["a", "from-the_request.1", "x" * 128])
async def test_a_correlation_id_is_taken_and_echoed(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/healthz", headers={"X-Correlation-ID": given})
    assert answer.headers["X-Correlation-ID"] == given


@pytest.mark.parametrize("given", [None, "", "x" * 129, "two words", "a/b", "é"])
async def test_without_a_fit_one_a_correlation_id_is_made(
    client: httpx.AsyncClient, given: str | None
) -> None:
    headers = [] if given is None else [(b"X-Correlation-ID", given.encode())]
    made = (await client.get("/healthz", headers=headers)).headers["X-Correlation-ID"]
    assert str(UUID(made)) == made


async def test_the_correlation_id_of_a_request_travels_with_its_event_and_its_job(
    client: httpx.AsyncClient, shop_database: Database
) -> None:
    headers = {"X-Correlation-ID": "from-the-request"}
    assert (await client.post("/orders", json={"name": "a"}, headers=headers)).is_success
    async with shop_database.connection() as queries:
        job = await queries.one(text("SELECT correlation_id FROM jobs"))
        event = await queries.one(
            text("SELECT convert_from(value, 'UTF8')::jsonb ->> 'correlation_id' AS id FROM outbox")
        )
    assert job == {"correlation_id": "from-the-request"}
    assert event == {"id": "from-the-request"}
