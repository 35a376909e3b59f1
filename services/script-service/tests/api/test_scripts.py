import json
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from common.db import Database
from contracts.asset import Room
from contracts.events import Envelope
from contracts.poi import PoiStatus
from contracts.script import Script
from tests.peers import Peers
from tests.samples import VILLA, photos, poi

ROOMS = (Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.POOL)


async def generate(client: httpx.AsyncClient, poi_id: object, **params: object) -> httpx.Response:
    query = {"poi_id": str(poi_id), **{name: str(value) for name, value in params.items()}}
    return await client.post("/scripts/generate", params=query)


async def test_a_script_is_written_with_the_defaults_and_kept(
    client: httpx.AsyncClient, peers: Peers
) -> None:
    villa = peers.register(poi(**VILLA), *photos(*ROOMS))
    answer = await generate(client, villa.id)
    script = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/scripts/{script['id']}"
    assert (script["language"], script["aspect_ratio"]) == ("fr", "16:9")
    assert (script["provider"], script["model"]) == ("stub", "director-2")
    assert script["poi_id"] == str(villa.id)
    assert script["total_duration_s"] == sum(scene["duration_s"] for scene in script["scenes"])
    assert script["total_duration_s"] == pytest.approx(30, abs=1)
    assert {a["asset_id"] for a in script["scenes"]} == {str(a.id) for a in peers.assets} | {None}
    assert script["listing"]["price"]["value"] == "890\u202f000\u00a0€"
    assert (await client.get(f"/scripts/{script['id']}")).json() == script


async def test_the_order_is_followed(client: httpx.AsyncClient, peers: Peers) -> None:
    villa = peers.register(poi(**VILLA), *photos(*ROOMS))
    answer = await generate(
        client, villa.id, language="en", aspect_ratio="9:16", duration_s=60, tone="luxury"
    )
    script = answer.json()
    assert (script["language"], script["aspect_ratio"]) == ("en", "9:16")
    assert script["total_duration_s"] == pytest.approx(60, abs=1)


async def test_a_script_and_its_event_are_one(
    client: httpx.AsyncClient, peers: Peers, database: Database
) -> None:
    villa = peers.register(poi(**VILLA), *photos(*ROOMS))
    answer = await client.post(
        "/scripts/generate",
        params={"poi_id": str(villa.id)},
        headers={"X-Correlation-ID": "from-request-to-film"},
    )
    async with database.connection() as queries:
        rows = await queries.all(text("SELECT topic, key, value FROM outbox"))
    assert [(row["topic"], row["key"]) for row in rows] == [("video.events", str(villa.id))]
    envelope = Envelope.model_validate_json(rows[0]["value"])
    assert envelope.event_type == "script.generated"
    assert envelope.correlation_id == "from-request-to-film"
    assert Script.model_validate(envelope.payload) == Script.model_validate(answer.json())
    assert {call.headers["X-Correlation-ID"] for call in peers.calls} == {"from-request-to-film"}
    assert {call.headers["X-API-Key"] for call in peers.calls} == {"dev-api-key"}


async def test_scripts_are_listed_by_property_newest_first(
    client: httpx.AsyncClient, peers: Peers
) -> None:
    villa, loft = peers.register(poi(**VILLA)), peers.register(poi(name="Loft"))
    first = (await generate(client, villa.id)).json()
    second = (await generate(client, villa.id)).json()
    await generate(client, loft.id)
    listed = await client.get("/scripts", params={"poi_id": str(villa.id)})
    assert listed.json() == [second, first]
    page = await client.get("/scripts", params={"poi_id": str(villa.id), "limit": 1})
    assert page.json() == [second]
    rest = await client.get(page.links["next"]["url"])
    assert rest.json() == [first]


async def test_an_unknown_property_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await generate(client, uuid4())
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_archived_property_gets_no_script(client: httpx.AsyncClient, peers: Peers) -> None:
    villa = peers.register(poi(**{**VILLA, "status": PoiStatus.ARCHIVED}))
    answer = await generate(client, villa.id)
    assert (answer.status_code, answer.json()["code"]) == (409, "poi_archived")
    assert (await client.get("/scripts")).json() == []


@pytest.mark.parametrize("status", [s for s in PoiStatus if s is not PoiStatus.ARCHIVED])
async def test_a_property_in_any_other_state_gets_one(
    client: httpx.AsyncClient, peers: Peers, status: PoiStatus
) -> None:
    villa = peers.register(poi(**{**VILLA, "status": status}))
    assert (await generate(client, villa.id)).status_code == 201


@pytest.mark.parametrize("peer", ["poi-service", "asset-service"])
async def test_a_peer_that_is_down_is_said_and_may_be_tried_again(
    client: httpx.AsyncClient, peers: Peers, peer: str
) -> None:
    villa = peers.register(poi(**VILLA))
    peers.down = peer
    answer = await generate(client, villa.id)
    assert (answer.status_code, answer.json()["code"]) == (503, "dependency_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert peer in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("duration_s", 14, "15"),
        ("duration_s", 91, "90"),
        ("language", "de", "'fr' or 'en'"),
        ("aspect_ratio", "4:5", "'9:16'"),
        ("tone", "funny", "'luxury'"),
    ],
)
async def test_a_bad_parameter_is_refused_saying_what_is_allowed(
    client: httpx.AsyncClient, peers: Peers, name: str, value: object, allowed: str
) -> None:
    villa = peers.register(poi(**VILLA))
    answer = await generate(client, villa.id, **{name: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")
    assert answer.json()["errors"][0]["loc"] == ["query", name]
    assert allowed in json.dumps(answer.json()["errors"][0], ensure_ascii=False)


async def test_the_same_idempotency_key_writes_once(
    client: httpx.AsyncClient, peers: Peers
) -> None:
    villa = peers.register(poi(**VILLA))
    headers = {"Idempotency-Key": "once"}
    params = {"poi_id": str(villa.id)}
    first = await client.post("/scripts/generate", params=params, headers=headers)
    again = await client.post("/scripts/generate", params=params, headers=headers)
    other = await client.post(
        "/scripts/generate", params={**params, "tone": "warm"}, headers=headers
    )
    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len((await client.get("/scripts")).json()) == 1


async def test_a_caller_without_a_key_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/scripts", headers={"X-API-Key": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


async def test_an_unknown_script_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"/scripts/{uuid4()}")).status_code == 404
    assert (await client.get("/scripts/x")).status_code == 422


async def test_the_service_is_ready(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
