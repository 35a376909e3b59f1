"""What is known of assets: registered, listed, shown, changed, removed."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from common.ids import new_id
from tests.media import picture
from tests.support import Agency


def nested(levels: int) -> dict[str, Any]:
    """An object with this many objects within one another, itself included."""
    return {"a": nested(levels - 1)} if levels > 1 else {"a": 1}


async def test_an_asset_is_registered_and_shown_as_given(agency: Agency) -> None:
    given = {
        "poi_id": agency.poi_id,
        "name": " Salon, côté jardin ",
        "asset_type": "video",
        "mime_type": "video/mp4",
        "room": "garden",
        "position": 3,
        "metadata": {"photographer": "J. Dupont", "tags": ["été", 2]},
    }
    answer = await agency.client.post("/assets", json=given)
    asset = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/assets/{asset['id']}"
    assert asset.items() >= {**given, "name": "Salon, côté jardin"}.items()
    assert asset["content_status"] == "missing"
    assert asset["created_at"].endswith("Z")
    for name in ("file_path", "size_bytes", "sha256", "width", "height", "duration_s"):
        assert asset[name] is None
    shown = await agency.client.get(f"/assets/{asset['id']}")
    assert shown.json() == asset
    assert shown.headers["etag"] == answer.headers["etag"]


async def test_a_poi_and_a_name_are_all_that_is_needed(agency: Agency) -> None:
    asset = await agency.create(name="IMG_0231")
    assert (asset["asset_type"], asset["room"], asset["metadata"]) == ("photo", "other", {})


@pytest.mark.parametrize(
    ("alias", "meant"), [("image", "photo"), ("floor_plan", "plan"), ("raw_video", "video")]
)
async def test_an_alias_means_its_type(agency: Agency, alias: str, meant: str) -> None:
    asset = await agency.create(asset_type=alias)
    assert asset["asset_type"] == meant
    listed = await agency.client.get("/assets", params={"asset_type": alias})
    assert listed.json() == [asset]
    changed = await agency.client.patch(f"/assets/{asset['id']}", json={"asset_type": alias})
    assert changed.json() == asset


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"poi_id": "x"}, ["body", "poi_id"]),
        ({"poi_id": None}, ["body", "poi_id"]),
        ({"name": " "}, ["body", "name"]),
        ({"name": "x" * 256}, ["body", "name"]),
        ({"name": "a\u0000b"}, ["body", "name"]),
        ({"asset_type": "hologram"}, ["body", "asset_type"]),
        ({"asset_type": ["photo"]}, ["body", "asset_type"]),
        ({"room": "dungeon"}, ["body", "room"]),
        ({"position": -1}, ["body", "position"]),
        ({"position": 1.5}, ["body", "position"]),
        ({"mime_type": "jpeg"}, ["body", "mime_type"]),
        ({"mime_type": "text/html\r\nX: y"}, ["body", "mime_type"]),
        ({"file_path": ""}, ["body", "file_path"]),
        ({"file_path": "x" * 1025}, ["body", "file_path"]),
        ({"metadata": ["x"]}, ["body", "metadata"]),
        ({"metadata": {"note": "x" * 16 * 1024}}, ["body", "metadata"]),
        ({"metadata": nested(51)}, ["body", "metadata"]),
        ({"metadata": {"a\u0000b": 1}}, ["body"]),
        ({"sha256": "0"}, ["body", "sha256"]),
        ({"unknown": 1}, ["body", "unknown"]),
    ],
)
async def test_a_bad_field_is_named(
    agency: Agency, fields: dict[str, Any], where: list[str | int]
) -> None:
    answer = await agency.client.post(
        "/assets", json={"poi_id": agency.poi_id, "name": "Photo", **fields}
    )
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "validation_error")
    assert problem["errors"][0]["loc"][: len(where)] == where


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"metadata":' * 50_000, b"null", b"[]", b""]
)
async def test_a_body_that_is_no_json_object_is_a_validation_error(
    agency: Agency, body: bytes
) -> None:
    answer = await agency.client.post(
        "/assets", content=body, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_metadata_may_have_16_kib(agency: Agency) -> None:
    metadata = {"é": "x" * (16 * 1024 - len('{"é":""}'.encode()))}
    assert (await agency.create(metadata=metadata))["metadata"] == metadata


async def test_metadata_may_be_nested(agency: Agency) -> None:
    assert (await agency.create(metadata=nested(50)))["metadata"] == nested(50)


async def test_the_assets_of_a_poi_are_listed_newest_first_page_by_page(agency: Agency) -> None:
    created = [await agency.create(name=f"Photo {number}") for number in range(5)]
    await agency.create(poi_id=str(new_id()))
    found: list[dict[str, Any]] = []
    url: str | None = f"/assets?poi_id={agency.poi_id}&limit=2"
    while url:
        page = await agency.client.get(url)
        assert len(page.json()) <= 2
        found += page.json()
        url = page.links.get("next", {}).get("url")
    assert found == created[::-1]


async def test_a_listing_can_be_of_one_type(agency: Agency) -> None:
    plan = await agency.create(asset_type="plan")
    await agency.create()
    answer = await agency.client.get(
        "/assets", params={"poi_id": agency.poi_id, "asset_type": "plan"}
    )
    assert answer.json() == [plan]
    refused = await agency.client.get("/assets", params={"asset_type": "x"})
    assert (refused.status_code, refused.json()["code"]) == (422, "validation_error")


async def test_an_unknown_asset_is_not_found(agency: Agency) -> None:
    asset_id = new_id()
    answers = [
        await agency.client.get(f"/assets/{asset_id}"),
        await agency.client.patch(f"/assets/{asset_id}", json={}),
        await agency.client.delete(f"/assets/{asset_id}"),
        await agency.client.get(f"/assets/{asset_id}/content"),
        await agency.client.put(f"/assets/{asset_id}/content", content=picture()),
    ]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(404, "not_found")}


async def test_a_patch_merges_and_null_clears(agency: Agency) -> None:
    asset = await agency.create(
        name="Salon", position=1, mime_type="image/png", metadata={"a": {"b": 1, "c": 2}, "d": 3}
    )
    answer = await agency.client.patch(
        f"/assets/{asset['id']}",
        json={"position": None, "mime_type": None, "metadata": {"a": {"b": None}, "e": 4}},
        headers={"content-type": "application/merge-patch+json"},
    )
    changed = answer.json()
    assert answer.status_code == 200
    assert (changed["position"], changed["mime_type"]) == (None, None)
    assert changed["metadata"] == {"a": {"c": 2}, "d": 3, "e": 4}
    assert changed["updated_at"] > asset["updated_at"]
    assert await agency.shown(asset["id"]) == changed


@pytest.mark.parametrize(
    "patch", [{"name": None}, {"poi_id": None}, {"id": "x"}, {"position": -1}, {"width": 2}]
)
async def test_a_patch_that_breaks_a_rule_changes_nothing(
    agency: Agency, patch: dict[str, Any]
) -> None:
    asset = await agency.create()
    answer = await agency.client.patch(f"/assets/{asset['id']}", json=patch)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")
    assert answer.json()["errors"][0]["loc"][0] == "body"
    assert await agency.shown(asset["id"]) == asset


async def test_an_if_match_that_is_out_of_date_avoids_a_lost_update(agency: Agency) -> None:
    created = await agency.client.post("/assets", json={"poi_id": agency.poi_id, "name": "A"})
    path, seen = f"/assets/{created.json()['id']}", {"If-Match": created.headers["etag"]}
    first = await agency.client.patch(path, json={"name": "B"}, headers=seen)
    late = await agency.client.patch(path, json={"name": "C"}, headers=seen)
    assert first.status_code == 200
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    again = await agency.client.patch(
        path, json={"name": "C"}, headers={"If-Match": first.headers["etag"]}
    )
    assert again.json()["name"] == "C"


async def test_no_two_states_share_an_etag_whatever_the_clock_says(agency: Agency) -> None:
    asset_id = (await agency.create())["id"]
    async with agency.database.transaction() as tx:
        await tx.run(text("UPDATE assets SET updated_at = now() + interval '1 day'"))
    tags = {(await agency.client.get(f"/assets/{asset_id}")).headers["etag"]}
    for name in ("A", "B"):
        answer = await agency.client.patch(f"/assets/{asset_id}", json={"name": name})
        tags.add(answer.headers["etag"])
    assert len(tags) == 3


async def test_the_room_is_guessed_from_the_name_and_then_from_the_file(agency: Agency) -> None:
    assert (await agency.create(name="Façade côté rue"))["room"] == "exterior"
    assert (await agency.create(name="IMG_1", file_path="a/cuisine-2.jpg"))["room"] == "kitchen"
    assert (await agency.create(name="Salon", file_path="a/cuisine-2.jpg"))["room"] == "living_room"
    assert (await agency.create(name="Salon", room="pool"))["room"] == "pool"
    assert (await agency.create(name="Salon", asset_type="plan"))["room"] == "plan"


async def test_a_room_stays_when_the_name_changes_and_null_has_it_guessed_again(
    agency: Agency,
) -> None:
    asset = await agency.create(name="Salon")
    path = f"/assets/{asset['id']}"
    renamed = await agency.client.patch(path, json={"name": "Cuisine"})
    assert renamed.json()["room"] == "living_room"
    guessed = await agency.client.patch(path, json={"room": None})
    assert guessed.json()["room"] == "kitchen"


async def test_one_change_is_one_event(agency: Agency) -> None:
    asset = await agency.create()
    path = f"/assets/{asset['id']}"
    changed = await agency.client.patch(path, json={"name": "Autre"})
    await agency.client.patch(path, json={"name": "Autre"})
    await agency.client.patch(path, json={"name": ""})
    gone = await agency.client.delete(path, headers={"X-Correlation-ID": "the-end"})
    assert (gone.status_code, gone.content) == (204, b"")
    created_event, updated_event, deleted_event = await agency.events()
    assert (created_event["event_type"], created_event["payload"]) == ("asset.created", asset)
    assert updated_event["event_type"] == "asset.updated"
    assert updated_event["payload"] == changed.json()
    assert deleted_event["event_type"] == "asset.deleted"
    assert deleted_event["payload"] == changed.json()
    assert deleted_event["correlation_id"] == "the-end"


async def test_a_deleted_asset_is_gone(agency: Agency) -> None:
    asset = await agency.create()
    await agency.client.delete(f"/assets/{asset['id']}")
    again = await agency.client.delete(f"/assets/{asset['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert (await agency.client.get("/assets")).json() == []


async def test_a_create_that_is_sent_again_happens_once(agency: Agency) -> None:
    body, key = {"poi_id": agency.poi_id, "name": "Salon"}, {"Idempotency-Key": "once"}
    answers = [await agency.client.post("/assets", json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await agency.client.get("/assets")).json()) == 1


async def test_a_caller_without_a_key_learns_nothing(client: httpx.AsyncClient) -> None:
    for path in ("/assets", "/assets/upload", f"/assets/{new_id()}/content"):
        answer = await client.get(path, headers={"X-API-Key": "wrong"})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
