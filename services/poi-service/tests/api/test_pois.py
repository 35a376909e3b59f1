import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from common.db import Database

VILLA = {
    "name": "Villa Méditerranée",
    "description": "Une villa lumineuse au cœur de Montpellier.",
    "address": "12 avenue Montaigne, 34000 Montpellier",
    "lat": 43.6108,
    "lon": 3.8767,
    "poi_type": "villa",
    "tags": [" vue mer ", "piscine", "piscine"],
    "facts": {
        "price": {"amount": "890000.00", "currency": "EUR"},
        "transaction": "sale",
        "surface_m2": 185.5,
        "bathrooms": 2.5,
        "floor": -1,
        "energy_class": "B",
        "features": ["piscine chauffée"],
    },
    "agency": {"name": "Agence du Soleil", "email": "contact@example.com"},
}


async def create(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/pois", json={"name": "Maison", **fields})
    assert answer.status_code == 201, answer.text
    poi: dict[str, Any] = answer.json()
    return poi


async def test_a_property_is_created_as_a_draft_and_shown_as_given(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/pois", json=VILLA)
    poi = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/pois/{poi['id']}"
    assert poi["status"] == "draft"
    assert poi["version"] == 1
    assert poi["created_at"].endswith("Z")
    assert poi["tags"] == ["vue mer", "piscine"]
    assert poi["facts"]["price"] == {"amount": "890000.00", "currency": "EUR"}
    assert poi["facts"]["surface_m2"] == 185.5
    assert poi["facts"]["bathrooms"] == 2.5
    assert poi["agency"]["name"] == "Agence du Soleil"

    shown = await client.get(f"/pois/{poi['id']}")
    assert shown.json() == poi
    assert shown.headers["etag"] == answer.headers["etag"] == '"1"'


async def test_a_name_is_all_that_is_needed(client: httpx.AsyncClient) -> None:
    poi = await create(client)
    assert poi["poi_type"] == "other"
    assert (poi["description"], poi["address"], poi["tags"], poi["agency"]) == ("", "", [], None)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, ["body", "name"]),
        ({"name": "x" * 201}, ["body", "name"]),
        ({"name": "a\u0000b"}, ["body", "name"]),
        ({"lat": 91, "lon": 0}, ["body", "lat"]),
        ({"lat": 1}, ["body"]),
        ({"poi_type": "Big Villa"}, ["body", "poi_type"]),
        ({"tags": ["x" * 51]}, ["body", "tags", 0]),
        ({"tags": ["  "]}, ["body", "tags", 0]),
        ({"description": "a\u0000b"}, ["body", "description"]),
        ({"agency": {"name": "a\u0000b"}}, ["body", "agency", "name"]),
        ({"facts": {"surface_m2": 0}}, ["body", "facts", "surface_m2"]),
        ({"facts": {"energy_class": "H"}}, ["body", "facts", "energy_class"]),
        ({"facts": {"colour": "red"}}, ["body", "facts", "colour"]),
        ({"facts": {"price": {"amount": "1", "currency": "eur"}}}, ["body", "facts", "price"]),
        ({"facts": {"price": {"amount": "1", "currency": "EUX"}}}, ["body", "facts", "price"]),
        ({"unknown": 1}, ["body", "unknown"]),
        ({"status": "published"}, ["body", "status"]),
    ],
)
async def test_a_bad_field_is_named(
    client: httpx.AsyncClient, fields: dict[str, Any], where: list[str | int]
) -> None:
    answer = await client.post("/pois", json={"name": "Maison", **fields})
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"] == "validation_error"
    assert problem["errors"][0]["loc"][: len(where)] == where


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"facts": {"price": 345000}},
            "body.facts.price: should be an object with amount, currency",
        ),
        (
            {"facts": {"price": "1 290 000 €"}},
            "body.facts.price: should be an object with amount, currency",
        ),
        ({"agency": []}, "body.agency: should be an object with name, phone, email, url"),
        (
            {"facts": {"price": {"amount": "1", "currency": "eur"}}},
            "body.facts.price.currency: should be three capital letters, such as EUR",
        ),
        ({"poi_type": "Big House"}, "body.poi_type: should be 1 to 50 of a to z, 0 to 9, _ and -"),
        ({"name": "nul \0"}, "body.name: must not hold U+0000"),
        ({"name": None}, "body.name: cannot be null"),
    ],
)
async def test_a_bad_field_is_told_what_it_takes(
    client: httpx.AsyncClient, fields: dict[str, Any], told: str
) -> None:
    poi = await create(client)
    given = await client.post("/pois", json={"name": "Maison", **fields})
    changed = await client.patch(f"/pois/{poi['id']}", json=fields)
    assert (given.status_code, given.json()["detail"]) == (422, told)
    assert (changed.status_code, changed.json()["detail"]) == (422, told)


async def test_an_unknown_property_is_not_found(client: httpx.AsyncClient) -> None:
    for method, suffix in [("GET", ""), ("PATCH", ""), ("POST", "/validate")]:
        path = f"/pois/01890000-0000-7000-8000-000000000000{suffix}"
        answer = await client.request(method, path, json={} if method == "PATCH" else None)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_malformed_id_is_a_validation_error(client: httpx.AsyncClient) -> None:
    answer = await client.get("/pois/not-a-uuid")
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_a_property_goes_through_its_life_one_step_at_a_time(
    client: httpx.AsyncClient,
) -> None:
    poi = await create(client)
    early = await client.post(f"/pois/{poi['id']}/publish")
    assert (early.status_code, early.json()["code"]) == (409, "invalid_transition")
    assert "draft" in early.json()["detail"]
    assert "published" in early.json()["detail"]
    for verb, status in [
        ("validate", "validated"),
        ("publish", "published"),
        ("archive", "archived"),
    ]:
        answer = await client.post(f"/pois/{poi['id']}/{verb}")
        assert (answer.status_code, answer.json()["status"]) == (200, status)
        again = await client.post(f"/pois/{poi['id']}/{verb}")
        assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")


async def test_an_archived_property_is_read_only(client: httpx.AsyncClient) -> None:
    poi = await create(client)
    for verb in ("validate", "publish", "archive"):
        await client.post(f"/pois/{poi['id']}/{verb}")
    answer = await client.patch(f"/pois/{poi['id']}", json={"name": "Autre"})
    assert (answer.status_code, answer.json()["code"]) == (409, "poi_archived")


async def test_a_patch_merges_deeply_and_null_clears(client: httpx.AsyncClient) -> None:
    poi = await create(client, **{k: v for k, v in VILLA.items() if k != "name"})
    answer = await client.patch(
        f"/pois/{poi['id']}",
        json={"facts": {"price": {"amount": "870000"}, "floor": None}, "agency": None},
        headers={"content-type": "application/merge-patch+json"},
    )
    changed = answer.json()
    assert answer.status_code == 200
    assert changed["facts"]["price"] == {"amount": "870000", "currency": "EUR"}
    assert changed["facts"]["floor"] is None
    assert changed["facts"]["surface_m2"] == 185.5
    assert changed["agency"] is None
    assert changed["version"] == 2
    assert answer.headers["etag"] == '"2"'


@pytest.mark.parametrize(
    "patch", [{"name": None}, {"lat": None}, {"id": "x"}, {"facts": {"rooms": -1}}]
)
async def test_a_patch_that_breaks_a_rule_changes_nothing(
    client: httpx.AsyncClient, patch: dict[str, Any]
) -> None:
    poi = await create(client, lat=1, lon=1)
    answer = await client.patch(f"/pois/{poi['id']}", json=patch)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")
    assert answer.json()["errors"][0]["loc"][0] == "body"
    assert (await client.get(f"/pois/{poi['id']}")).json() == poi


async def test_an_if_match_that_is_out_of_date_avoids_a_lost_update(
    client: httpx.AsyncClient,
) -> None:
    poi = await create(client)
    path = f"/pois/{poi['id']}"
    first = await client.patch(path, json={"name": "Un"}, headers={"If-Match": '"1"'})
    late = await client.patch(path, json={"name": "Deux"}, headers={"If-Match": '"1"'})
    assert first.status_code == 200
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert (await client.get(path)).json()["name"] == "Un"


async def test_one_change_is_one_event(client: httpx.AsyncClient, database: Database) -> None:
    poi = await create(client)
    path = f"/pois/{poi['id']}"
    await client.patch(path, json={"name": "Autre"})
    await client.patch(path, json={"name": "Autre"})
    for verb in ("validate", "publish", "archive", "archive"):
        await client.post(f"{path}/{verb}", headers={"X-Correlation-ID": f"life-{verb}"})
    async with database.connection() as queries:
        rows = await queries.all(text("SELECT key, value FROM outbox ORDER BY id"))
    events = [json.loads(row["value"]) for row in rows]
    assert {row["key"] for row in rows} == {poi["id"]}
    assert [event["event_type"] for event in events] == [
        "poi.created",
        "poi.updated",
        "poi.validated",
        "poi.published",
        "poi.archived",
    ]
    assert events[-1]["correlation_id"] == "life-archive"
    assert events[0]["payload"] == poi
    assert events[-1]["payload"] == (await client.get(path)).json()
