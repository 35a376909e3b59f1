"""Health, metrics, roles and the OpenAPI document of every service."""

import asyncio

import httpx
from sqlalchemy import text

from common.config import Role
from common.db import Database
from devstack import testing
from tests.problems import problem
from tests.shop import main as shop
from tests.support import DatabaseGate


async def test_a_service_with_its_database_is_ready(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"database": "ok", "migrations": "ok"}}


async def test_without_its_database_a_service_is_alive_not_ready_and_says_why(
    shop_settings: shop.Settings, gate: DatabaseGate
) -> None:
    settings = gate.settings
    gated = shop_settings.model_copy(
        update={"postgres_host": settings.postgres_host, "service_name": settings.service_name}
    )
    async with testing.running(shop.build(gated)) as app, testing.caller(app) as client:
        client.headers["X-API-Key"] = "a-new-key"
        gate.shut()
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        not_ready, refusal = await asyncio.gather(client.get("/readyz"), client.get("/orders"))
        assert not_ready.status_code == 503
        assert not_ready.json()["status"] == "not_ready"
        assert not_ready.json()["checks"]["database"] != "ok"
        problem(refusal, 503, "dependency_unavailable")
        assert "Retry-After" in refusal.headers
        gate.open()
        async with asyncio.timeout(10):
            while (await client.get("/readyz")).is_error:  # noqa: ASYNC110 - as a client asks
                await asyncio.sleep(0.05)
        assert (await client.get("/orders")).status_code == 200


async def test_a_dead_broker_fails_no_request_and_no_readiness(client: httpx.AsyncClient) -> None:
    assert (await client.post("/orders", json={"name": "a"})).status_code == 201
    assert (await client.get("/readyz")).status_code == 200


async def test_metrics_count_requests_by_route_and_not_by_path(
    client: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await client.get("/orders/01927c00-0000-7000-8000-000000000001")
    await client.get("/some/path/of/nobody")
    told = (await stranger.get("/metrics")).text
    labels = 'method="GET",route="/orders/{order_id}",status="404"'
    assert f"http_request_duration_seconds_count{{{labels}}}" in told
    assert 'route="unmatched",status="404"' in told
    assert "01927c00" not in told
    assert "/some/path" not in told
    assert "outbox_waiting" in told


async def test_a_worker_serves_health_and_nothing_else(shop_settings: shop.Settings) -> None:
    worker = shop_settings.model_copy(update={"role": Role.WORKER})
    async with testing.running(shop.build(worker)) as app, testing.caller(app) as client:
        client.headers["X-API-Key"] = "a-new-key"
        assert (await client.get("/readyz")).status_code == 200
        problem(await client.get("/orders"), 404, "not_found")


async def test_what_works_also_tidies_up(
    shop_settings: shop.Settings, shop_database: Database
) -> None:
    async with shop_database.transaction() as tx:
        await tx.run(
            text(
                "INSERT INTO inbox (consumer_group, event_id, handled_at)"
                " VALUES ('a-group', gen_random_uuid(), now() - interval '1 year')"
            )
        )
    everything = shop_settings.model_copy(update={"role": Role.ALL})
    async with testing.running(shop.build(everything)), asyncio.timeout(10):
        while await _inbox_rows(shop_database):  # noqa: ASYNC110 - rows tell nobody
            await asyncio.sleep(0.02)


async def _inbox_rows(database: Database) -> int:
    async with database.connection() as queries:
        row = await queries.one(text("SELECT count(*) AS count FROM inbox"))
    assert row is not None
    return int(row["count"])


async def test_the_document_names_the_key_the_problems_and_the_idempotency_key(
    stranger: httpx.AsyncClient,
) -> None:
    document = (await stranger.get("/openapi.json")).json()
    scheme = document["components"]["securitySchemes"]["ApiKey"]
    assert scheme == {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    assert document["security"] == [{"ApiKey": []}]
    assert document["paths"]["/healthz"]["get"]["security"] == []
    take = document["paths"]["/orders"]["post"]
    assert "security" not in take
    assert [p["name"] for p in take["parameters"]] == ["Idempotency-Key"]
    assert "`sold_out`: there is none left" in take["responses"]["4XX"]["description"]
    assert "Retry-After" in take["responses"]["5XX"]["description"]
    assert all(
        "application/problem+json" in take["responses"][code]["content"] for code in ("4XX", "5XX")
    )
    assert "parameters" not in document["paths"]["/slow"]["get"]
