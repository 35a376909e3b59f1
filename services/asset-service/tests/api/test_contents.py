"""Bytes of assets that are there already: served, replaced, removed."""

import asyncio
import hashlib

import pytest

from tests.media import Recordings, picture
from tests.support import Agency


async def test_put_gives_an_asset_its_content_and_is_told(agency: Agency) -> None:
    asset = await agency.create(name="Salon", mime_type="image/png")
    content = picture(40, 30)
    answer = await agency.put(asset["id"], content)
    changed = answer.json()
    assert answer.status_code == 200
    assert (changed["content_status"], changed["mime_type"]) == ("available", "image/jpeg")
    assert (changed["width"], changed["height"]) == (40, 30)
    assert changed["sha256"] == hashlib.sha256(content).hexdigest()
    assert await agency.content(asset["id"]) == content
    _, event = await agency.events()
    assert (event["event_type"], event["payload"]) == ("asset.updated", changed)


async def test_put_replaces_what_was_there_and_leaves_nothing_of_it(agency: Agency) -> None:
    asset = await agency.uploaded(picture(64, 48))
    content = picture(40, 30)
    changed = (await agency.put(asset["id"], content)).json()
    assert await agency.files() == {changed["file_path"]}
    assert await agency.content(asset["id"]) == content


async def test_content_that_does_not_fit_changes_nothing(
    agency: Agency, recordings: Recordings
) -> None:
    asset = await agency.uploaded(picture())
    for content, status in ((recordings.video, 415), (b"", 422), (picture()[:500], 422)):
        assert (await agency.put(asset["id"], content)).status_code == status
    assert await agency.shown(asset["id"]) == asset
    assert await agency.files() == {asset["file_path"]}
    assert len(await agency.events()) == 1


async def test_two_uploads_at_once_end_in_one_consistent_state(agency: Agency) -> None:
    asset = await agency.create()
    contents = [picture(20 + number, 20) for number in range(6)]
    answers = await asyncio.gather(*(agency.put(asset["id"], content) for content in contents))
    assert {answer.status_code for answer in answers} == {200}
    shown = await agency.shown(asset["id"])
    served = await agency.content(asset["id"])
    assert served in contents
    assert hashlib.sha256(served).hexdigest() == shown["sha256"]
    assert await agency.files() == {shown["file_path"]}
    last = (await agency.events())[-1]
    assert last["payload"] == shown


async def test_an_asset_without_content_has_none_to_serve(agency: Agency) -> None:
    asset = await agency.create()
    answer = await agency.client.get(f"/assets/{asset['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (404, "content_missing")


async def test_content_is_served_with_what_browsers_need_to_know(agency: Agency) -> None:
    content = picture()
    asset = await agency.uploaded(content, "Façade « nord ».jpg")
    path = f"/assets/{asset['id']}/content"
    answer = await agency.client.get(path)
    headers = answer.headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["etag"] == f'"{asset["sha256"]}"'
    assert headers["accept-ranges"] == "bytes"
    assert headers["x-content-type-options"] == "nosniff"
    assert "Fa%C3%A7ade" in headers["content-disposition"]
    head = await agency.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(content))
    known = await agency.client.get(path, headers={"If-None-Match": headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    ("wanted", "span"),
    [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None)), ("bytes=-7", slice(-7, None))],
)
async def test_a_range_of_the_content_is_served(agency: Agency, wanted: str, span: slice) -> None:
    content = picture()
    asset = await agency.uploaded(content)
    answer = await agency.client.get(f"/assets/{asset['id']}/content", headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (206, content[span])
    start, end, _ = span.indices(len(content))
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(content)}"


async def test_a_range_beyond_the_end_is_refused(agency: Agency) -> None:
    content = picture()
    asset = await agency.uploaded(content)
    answer = await agency.client.get(
        f"/assets/{asset['id']}/content", headers={"Range": f"bytes={len(content)}-"}
    )
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["content-range"] == f"bytes */{len(content)}"


async def test_deleting_an_asset_deletes_what_was_uploaded_for_it(agency: Agency) -> None:
    asset, other = await agency.uploaded(picture()), await agency.uploaded(picture())
    answer = await agency.client.delete(f"/assets/{asset['id']}")
    assert answer.status_code == 204
    assert await agency.files() == {other["file_path"]}
    gone = await agency.client.get(f"/assets/{asset['id']}/content")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
    assert [event["event_type"] for event in await agency.events()][-1] == "asset.deleted"


async def test_a_type_can_only_change_to_one_that_takes_the_content(agency: Agency) -> None:
    asset = await agency.uploaded(picture())
    path = f"/assets/{asset['id']}"
    refused = await agency.client.patch(path, json={"asset_type": "video"})
    assert (refused.status_code, refused.json()["code"]) == (415, "unsupported_media_type")
    changed = await agency.client.patch(path, json={"asset_type": "plan"})
    assert (changed.status_code, changed.json()["asset_type"]) == (200, "plan")


async def test_the_type_of_content_is_not_for_callers_to_say(agency: Agency) -> None:
    asset = await agency.uploaded(picture())
    answer = await agency.client.patch(f"/assets/{asset['id']}", json={"mime_type": "text/html"})
    assert answer.json()["mime_type"] == "image/jpeg"
    served = await agency.client.get(f"/assets/{asset['id']}/content")
    assert served.headers["content-type"] == "image/jpeg"
