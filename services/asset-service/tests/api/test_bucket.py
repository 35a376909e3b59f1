"""The same service on a bucket: `STORAGE_URL=s3://…`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.config import Settings
from app.main import build
from common.ids import new_id
from devstack import testing
from devstack.fakes.s3 import FakeS3
from tests.media import picture
from tests.support import Agency


@pytest.fixture
async def agency(settings: Settings, s3: FakeS3, tmp_path: Path) -> AsyncIterator[Agency]:
    assert s3.environment
    on_bucket = settings.model_copy(update={"storage_url": "s3://media/agency"})
    async with testing.running(build(on_bucket)) as app:
        database = await testing.empty(app)
        async with testing.caller(app) as client:
            yield Agency(client, database, app.state.storage, tmp_path, str(new_id()))


async def test_uploads_are_kept_in_the_bucket_and_served_from_it(
    agency: Agency, s3: FakeS3
) -> None:
    content = picture()
    asset = await agency.uploaded(content, "salon.jpg")
    assert s3.objects == {f"media/agency/{asset['file_path']}": content}
    assert await agency.content(asset["id"]) == content
    part = await agency.client.get(f"/assets/{asset['id']}/content", headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, content[5:10])


async def test_replaced_and_deleted_bytes_leave_the_bucket(agency: Agency, s3: FakeS3) -> None:
    asset = await agency.uploaded(picture())
    changed = (await agency.put(asset["id"], picture())).json()
    await agency.files()
    assert list(s3.objects) == [f"media/agency/{changed['file_path']}"]
    await agency.client.delete(f"/assets/{asset['id']}")
    await agency.files()
    assert s3.objects == {}


async def test_a_path_is_a_key_under_the_prefix(agency: Agency, s3: FakeS3) -> None:
    content = picture(64, 48)
    s3.objects["media/agency/villa/été 100%.jpg"] = content
    s3.objects["media/secret.jpg"] = content
    asset = await agency.create(file_path="/data/assets/villa/été 100%.jpg")
    assert (asset["content_status"], asset["width"]) == ("available", 64)
    assert await agency.content(asset["id"]) == content
    assert (await agency.create(file_path="villa/later.jpg"))["content_status"] == "missing"
    outside = await agency.client.post(
        "/assets", json={"poi_id": agency.poi_id, "name": "A", "file_path": "../secret.jpg"}
    )
    assert (outside.status_code, outside.json()["code"]) == (400, "path_outside_asset_root")


async def test_a_bucket_that_is_down_refuses_uploads_for_now(agency: Agency, s3: FakeS3) -> None:
    s3.refusals = 1000
    answer = await agency.upload(picture())
    assert (answer.status_code, answer.json()["code"]) == (503, "dependency_unavailable")
    assert answer.headers["retry-after"]
    s3.refusals = 0
    assert (await agency.client.get("/assets")).json() == []
    assert s3.objects == {}
