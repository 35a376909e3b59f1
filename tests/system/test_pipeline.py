"""From a property to its film, as the original curl session goes, on the running platform."""

from pathlib import Path
from typing import Any

import pytest
from pymediainfo import MediaInfo

from tests.system.events import events_of
from tests.system.platform import Platform, register_with_photos, until

CORRELATION_ID = "from-request-to-film"


def completed_render(platform: Platform, poi_id: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        renders = platform.call("render", "GET", "/renders", params={"poi_id": poi_id})
        assert all(render["status"] != "failed" for render in renders), renders
        return next((r for r in renders if r["status"] == "completed"), None)

    return until(look)


@pytest.mark.timeout(180)
def test_a_property_becomes_a_film_by_itself_and_one_id_runs_through_all_its_events(
    platform: Platform, tmp_path: Path
) -> None:
    poi = register_with_photos(platform, tmp_path, ["facade", "salon", "cuisine"])
    asset, *_ = platform.call("asset", "GET", "/assets", params={"poi_id": poi["id"]})
    script = platform.call(
        "script",
        "POST",
        "/scripts/generate",
        params={"poi_id": poi["id"], "duration_s": 15},
        headers={"X-Correlation-ID": CORRELATION_ID},
    )
    transcription = platform.call(
        "transcription",
        "POST",
        "/transcriptions/start",
        params={"poi_id": poi["id"], "asset_video_id": asset["id"]},
    )
    render = completed_render(platform, poi["id"])

    assert render["script_id"] == script["id"]
    assert {scene["status"] for scene in render["scenes"]} == {"completed"}
    assert render["progress"] == 100
    film = tmp_path / "film.mp4"
    with platform.client("render") as client:
        film.write_bytes(client.get(render["video"]["url"]).content)
        assert client.get(render["captions_url"]).text.startswith("WEBVTT")
        assert client.get(render["poster_url"]).content.startswith(b"\xff\xd8")
        part = client.get(render["video"]["url"], headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    assert_plays(film, width=1280, height=720, duration_s=script["total_duration_s"])

    until(lambda: finished(platform, transcription["id"]))
    events = events_of(platform.addresses["kafka"], poi["id"], "render.completed")
    for event in events:
        assert set(event.value) == {
            *("event_id", "event_type", "occurred_at"),
            *("schema_version", "correlation_id", "payload"),
        }
    types = [event.type for event in events]
    assert types.count("asset.created") == 3
    assert types.count("render.scene.generated") == len(script["scenes"])
    by_topic = {event.topic: [e.type for e in events if e.topic == event.topic] for event in events}
    assert by_topic["poi.events"] == ["poi.created", "poi.validated", "poi.published"]
    film_events = [e for e in events if e.type.startswith(("script.", "render."))]
    assert {event.value["correlation_id"] for event in film_events} == {CORRELATION_ID}


def finished(platform: Platform, transcription_id: str) -> bool | None:
    """A photo is no recording: the job says so, in its own words."""
    job = platform.call("transcription", "GET", f"/transcriptions/{transcription_id}")
    if job["status"] != "failed":
        return None
    assert job["error"]["code"] == "asset_not_transcribable"
    return True


def assert_plays(film: Path, *, width: int, height: int, duration_s: float) -> None:
    """H.264, 4:2:0, of this size and length, with sound, and its index in front."""
    tracks = {track.track_type: track for track in MediaInfo.parse(film).tracks}
    video = tracks["Video"]
    assert (video.format, video.chroma_subsampling) == ("AVC", "4:2:0")
    assert (video.width, video.height) == (width, height)
    assert abs(float(video.duration) / 1000 - duration_s) <= 0.5
    assert tracks["Audio"].format == "AAC"
    content = film.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_a_property_goes_forward_one_step_at_a_time(platform: Platform) -> None:
    poi = platform.call("poi", "POST", "/pois", json={"name": "Maison"})
    with platform.client("poi") as client:
        for verb, expected in [
            ("publish", 409),
            ("validate", 200),
            ("validate", 409),
            ("publish", 200),
            ("archive", 200),
            ("archive", 409),
        ]:
            assert client.post(f"/pois/{poi['id']}/{verb}").status_code == expected
    with platform.client("script") as client:
        refused = client.post("/scripts/generate", params={"poi_id": poi["id"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "poi_archived")


@pytest.mark.parametrize("service", ["poi", "asset", "script", "transcription", "render"])
def test_every_service_wants_the_key_and_is_healthy_without(
    platform: Platform, service: str
) -> None:
    with platform.client(service, key="a-wrong-key") as client:
        refused = client.get("/anything")
        assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
        assert client.get("/healthz").json() == {"status": "ok"}
        ready = client.get("/readyz").json()
        assert ready["checks"] == {"database": "ok", "migrations": "ok"}
        assert "http_request_duration_seconds" in client.get("/metrics").text
