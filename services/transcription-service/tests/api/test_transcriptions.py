from typing import Any
from uuid import UUID

import httpx
import pytest

from common.ids import new_id
from tests.support import Bench, Recordings, Shelf, make_asset

UNKNOWN = "0190c5f0-0000-7000-8000-000000000000"


async def start(client: httpx.AsyncClient, poi_id: UUID | None = None, **headers: str) -> Any:
    answer = await client.post(
        "/transcriptions/start",
        params={"poi_id": str(poi_id or new_id()), "asset_video_id": str(new_id())},
        headers=headers,
    )
    assert answer.status_code == 202, answer.text
    return answer.json()


async def test_a_transcription_starts_as_queued_and_says_where_it_is(
    client: httpx.AsyncClient,
) -> None:
    poi_id, asset_id = new_id(), new_id()
    answer = await client.post(
        "/transcriptions/start", params={"poi_id": str(poi_id), "asset_video_id": str(asset_id)}
    )
    transcription = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/transcriptions/{transcription['id']}"
    assert transcription["created_at"].endswith("Z")
    assert transcription == {
        "id": transcription["id"],
        "poi_id": str(poi_id),
        "asset_id": str(asset_id),
        "status": "queued",
        "progress": 0,
        "provider": "stub",
        "language": None,
        "text": None,
        "segments": [],
        "error": None,
        "created_at": transcription["created_at"],
        "updated_at": transcription["created_at"],
        "completed_at": None,
    }
    shown = await client.get(answer.headers["location"])
    assert (shown.status_code, shown.json()) == (200, transcription)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", ["poi_id", "asset_video_id"]),
        (f"poi_id={UNKNOWN}", ["asset_video_id"]),
        (f"poi_id=12&asset_video_id={UNKNOWN}", ["poi_id"]),
        (f"poi_id={UNKNOWN}&asset_video_id=villa.mp4", ["asset_video_id"]),
    ],
)
async def test_a_start_without_fit_parameters_is_refused_by_name(
    client: httpx.AsyncClient, query: str, wrong: list[str]
) -> None:
    answer = await client.post(f"/transcriptions/start?{query}")
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"] == "validation_error"
    assert [error["loc"] for error in problem["errors"]] == [["query", name] for name in wrong]


async def test_a_start_that_is_sent_again_happens_once(
    client: httpx.AsyncClient, bench: Bench
) -> None:
    params = {"poi_id": str(new_id()), "asset_video_id": str(new_id())}
    headers = {"Idempotency-Key": "start-1"}
    first = await client.post("/transcriptions/start", params=params, headers=headers)
    again = await client.post("/transcriptions/start", params=params, headers=headers)
    assert (again.status_code, again.json()) == (202, first.json())
    assert again.headers["location"] == first.headers["location"]
    assert len((await client.get("/transcriptions")).json()) == 1
    other = await client.post(
        "/transcriptions/start", params={**params, "poi_id": str(new_id())}, headers=headers
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_transcriptions_are_listed_by_poi_newest_first_and_page_by_page(
    client: httpx.AsyncClient,
) -> None:
    poi_id = new_id()
    started = [(await start(client, poi_id))["id"] for _ in range(3)]
    await start(client)
    first = await client.get("/transcriptions", params={"poi_id": str(poi_id), "limit": 2})
    assert [t["id"] for t in first.json()] == [started[2], started[1]]
    second = await client.get(first.links["next"]["url"])
    assert [t["id"] for t in second.json()] == [started[0]]
    assert "next" not in second.links
    assert len((await client.get("/transcriptions")).json()) == 4


async def test_an_unknown_transcription_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/transcriptions/{UNKNOWN}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/transcriptions/villa", "/transcriptions?poi_id=villa"])
async def test_a_malformed_id_is_refused(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 422


@pytest.mark.parametrize("key", [None, "wrong"])
async def test_nothing_is_shown_or_started_without_the_key(
    client: httpx.AsyncClient, key: str | None
) -> None:
    headers = {"X-API-Key": key or ""}
    listed = await client.get("/transcriptions", headers=headers)
    begun = await client.post("/transcriptions/start", headers=headers)
    assert (listed.status_code, begun.status_code) == (401, 401)
    assert listed.json()["code"] == "unauthorized"


async def test_a_transcription_completes_and_shows_its_segments(
    client: httpx.AsyncClient, bench: Bench, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    begun = await client.post(
        "/transcriptions/start",
        params={"poi_id": str(asset.poi_id), "asset_video_id": str(asset.id)},
    )
    await bench.run_next(Shelf.of(asset, recordings.audio))
    done = (await client.get(begun.headers["location"])).json()
    assert (done["status"], done["progress"], done["error"]) == ("completed", 100, None)
    assert (done["provider"], done["language"]) == ("stub", None)
    assert "No speech recognition is configured" in done["text"]
    assert [(s["start_s"], s["end_s"]) for s in done["segments"]] == [(0, 7), (7, 14), (14, 21)]
    assert done["completed_at"] == done["updated_at"] > begun.json()["updated_at"]


async def test_the_openapi_document_lists_why_transcriptions_fail(
    client: httpx.AsyncClient,
) -> None:
    document = (await client.get("/openapi.json")).text
    for code in ("asset_not_found", "no_audio_track", "media_unreadable", "content_missing"):
        assert f"`{code}`" in document
