"""Files under the asset root that assets refer to, and that the service does not own."""

import os

import pytest

from tests.media import PDF, picture
from tests.support import Agency


@pytest.mark.parametrize("prefix", ["", "/data/assets/", "./", "x/../"])
async def test_a_file_that_is_there_is_content(agency: Agency, prefix: str) -> None:
    content = picture(64, 48)
    agency.place("villa/salon 1.jpg", content)
    given = f"{prefix}villa/salon 1.jpg"
    asset = await agency.create(name="IMG_1", file_path=given)
    assert asset["file_path"] == given
    assert (asset["content_status"], asset["mime_type"]) == ("available", "image/jpeg")
    assert (asset["width"], asset["height"]) == (64, 48)
    assert asset["size_bytes"] == len(content)
    assert asset["room"] == "living_room"
    assert await agency.content(asset["id"]) == content


async def test_a_file_that_is_not_there_yet_is_accepted(agency: Agency) -> None:
    asset = await agency.create(file_path="villa/later.jpg", mime_type="image/jpeg")
    assert (asset["content_status"], asset["mime_type"]) == ("missing", "image/jpeg")
    answer = await agency.client.get(f"/assets/{asset['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (404, "content_missing")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.jpg",
        "a/../../secret.jpg",
        "/etc/passwd",
        "/data/assets/../secret.jpg",
        "/data/assets//etc/passwd",
        "/data/assets2/a.jpg",
        "/data/other.jpg",
        "..",
    ],
)
async def test_a_path_that_leaves_the_root_is_refused(agency: Agency, path: str) -> None:
    created = await agency.client.post(
        "/assets", json={"poi_id": agency.poi_id, "name": "Photo", "file_path": path}
    )
    assert (created.status_code, created.json()["code"]) == (400, "path_outside_asset_root")
    asset = await agency.create()
    changed = await agency.client.patch(f"/assets/{asset['id']}", json={"file_path": path})
    assert (changed.status_code, changed.json()["code"]) == (400, "path_outside_asset_root")


async def test_a_symbolic_link_that_leaves_the_root_is_refused(agency: Agency) -> None:
    outside = agency.root.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "secret.jpg").write_bytes(picture())
    inside = agency.place("villa/inside.jpg", picture())
    (agency.root / "villa" / "way-out").symlink_to(outside)
    (agency.root / "villa" / "way-back.jpg").symlink_to(inside)
    for path in ("villa/way-out/secret.jpg", "villa/way-out/not-there.jpg"):
        answer = await agency.client.post(
            "/assets", json={"poi_id": agency.poi_id, "name": "Photo", "file_path": path}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "path_outside_asset_root")
    asset = await agency.create(file_path="villa/way-back.jpg")
    assert asset["content_status"] == "available"
    (agency.root / "villa" / "way-back.jpg").unlink()
    (agency.root / "villa" / "way-back.jpg").symlink_to(outside / "secret.jpg")
    answer = await agency.client.get(f"/assets/{asset['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (400, "path_outside_asset_root")


@pytest.mark.parametrize("name", ["%2e%2e", "100%.jpg", "a%20b.jpg", "été #1?.jpg", "..hidden"])
async def test_names_are_taken_literally(agency: Agency, name: str) -> None:
    agency.place(f"villa/{name}", picture())
    asset = await agency.create(file_path=f"villa/{name}")
    assert asset["content_status"] == "available"
    assert await agency.content(asset["id"])


@pytest.mark.parametrize(
    "path",
    [
        *("a\u0000b", "a\nb", "villa/", "/data/assets/", ".", "a#1"),
        *("villa/" + "é" * 128, "é/" * 400 + "a.jpg"),
    ],
)
async def test_what_cannot_be_a_files_path_is_refused(agency: Agency, path: str) -> None:
    answer = await agency.client.post(
        "/assets", json={"poi_id": agency.poi_id, "name": "Photo", "file_path": path}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_folders_and_pipes_are_no_files(agency: Agency) -> None:
    agency.place("villa/a.jpg", picture())
    os.mkfifo(agency.root / "villa" / "pipe")
    for path in ("villa", "villa/pipe"):
        answer = await agency.client.post(
            "/assets", json={"poi_id": agency.poi_id, "name": "Photo", "file_path": path}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (PDF, 415, "unsupported_media_type"),
        (b"", 422, "content_empty"),
        (picture()[:700], 422, "content_unreadable"),
        (bytes(3 * 1024 * 1024), 413, "payload_too_large"),
    ],
)
async def test_a_file_that_is_there_is_held_to_the_rules_of_uploads(
    agency: Agency, content: bytes, status: int, code: str
) -> None:
    agency.place("villa/a.jpg", content)
    answer = await agency.client.post(
        "/assets", json={"poi_id": agency.poi_id, "name": "Photo", "file_path": "villa/a.jpg"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_patch_that_names_the_file_has_it_looked_at_again(agency: Agency) -> None:
    asset = await agency.create(file_path="villa/a.jpg")
    path = f"/assets/{asset['id']}"
    agency.place("villa/a.jpg", picture(64, 48))
    found = await agency.client.patch(path, json={"file_path": "villa/a.jpg"})
    assert (found.json()["content_status"], found.json()["width"]) == ("available", 64)
    agency.place("villa/a.jpg", picture(80, 48))
    changed = await agency.client.get(f"{path}/content")
    assert (changed.status_code, changed.json()["code"]) == (409, "content_changed")
    again = await agency.client.patch(path, json={"file_path": "villa/a.jpg"})
    assert again.json()["width"] == 80
    events = [event["event_type"] for event in await agency.events()]
    assert events == ["asset.created", "asset.updated", "asset.updated"]


async def test_a_file_that_has_gone_is_missing(agency: Agency) -> None:
    file = agency.place("villa/a.jpg", picture())
    asset = await agency.create(file_path="villa/a.jpg")
    file.unlink()
    answer = await agency.client.get(f"/assets/{asset['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (404, "content_missing")
    changed = await agency.client.patch(f"/assets/{asset['id']}", json={"file_path": "villa/a.jpg"})
    assert changed.json()["content_status"] == "missing"
    assert changed.json()["sha256"] is None


async def test_deleting_an_asset_leaves_the_file_that_it_referred_to(agency: Agency) -> None:
    file = agency.place("villa/a.jpg", picture())
    asset = await agency.create(file_path="villa/a.jpg")
    await agency.client.delete(f"/assets/{asset['id']}")
    await agency.files()
    assert file.exists()


async def test_another_assets_upload_is_only_referred_to(agency: Agency) -> None:
    owner = await agency.uploaded(picture())
    borrower = await agency.create(file_path=owner["file_path"])
    assert borrower["sha256"] == owner["sha256"]
    await agency.client.delete(f"/assets/{borrower['id']}")
    assert await agency.files() == {owner["file_path"]}
    assert await agency.content(owner["id"])


async def test_an_upload_that_a_patch_replaces_by_a_reference_is_deleted(agency: Agency) -> None:
    agency.place("villa/a.jpg", picture(20, 20))
    asset = await agency.uploaded(picture(64, 48))
    path = f"/assets/{asset['id']}"
    changed = await agency.client.patch(path, json={"file_path": "villa/a.jpg"})
    assert changed.json()["width"] == 20
    assert await agency.files() == set()
    cleared = await agency.client.patch(path, json={"file_path": None})
    assert (cleared.json()["content_status"], cleared.json()["file_path"]) == ("missing", None)


async def test_an_upload_can_be_taken_back_until_it_has_been_deleted(agency: Agency) -> None:
    content = picture()
    asset = await agency.uploaded(content)
    path = f"/assets/{asset['id']}"
    await agency.client.patch(path, json={"file_path": None})
    back = await agency.client.patch(path, json={"file_path": asset["file_path"]})
    assert back.json()["content_status"] == "available"
    assert await agency.files() == {asset["file_path"]}
    assert await agency.content(asset["id"]) == content
    await agency.client.patch(path, json={"file_path": None})
    assert await agency.files() == set()
    late = await agency.client.patch(path, json={"file_path": asset["file_path"]})
    assert late.json()["content_status"] == "missing"
