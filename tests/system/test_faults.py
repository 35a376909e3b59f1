"""What dies is started again, and nothing is lost or made twice."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.system.events import events_of, read_events
from tests.system.platform import (
    ROOT,
    Platform,
    draw_photo,
    free_offset,
    register_with_photos,
    until,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOMS = ["facade", "salon", "cuisine", "chambre", "piscine"]


def order_film(platform: Platform, poi_id: str) -> dict[str, Any]:
    query = {"poi_id": poi_id, "duration_s": 30}
    script: dict[str, Any] = platform.call("script", "POST", "/scripts/generate", params=query)
    return script


def the_render(platform: Platform, poi_id: str) -> dict[str, Any] | None:
    """The only render of a POI; None while it is not there, or its service is not."""
    try:
        renders = platform.call("render", "GET", "/renders", params={"poi_id": poi_id})
    except httpx.TransportError:
        return None
    assert len(renders) <= 1, "the film was ordered twice"
    return renders[0] if renders else None


def render_when(platform: Platform, poi_id: str, **wanted: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        render = the_render(platform, poi_id)
        met = render and all(render[name] == value for name, value in wanted.items())
        return render if met else None

    return until(look)


def test_a_film_whose_service_is_killed_is_completed_once(
    fresh_platform: Platform, tmp_path: Path
) -> None:
    poi = register_with_photos(fresh_platform, tmp_path, ROOMS)
    order_film(fresh_platform, poi["id"])
    render_when(fresh_platform, poi["id"], stage="rendering_scenes")
    service = fresh_platform.process_of("render")
    renderers = service.children(recursive=True)
    service.kill()
    _, alive = psutil.wait_procs(renderers, timeout=10)
    assert not alive, "renderers outlived their service"

    render = render_when(fresh_platform, poi["id"], status="completed")
    assert {scene["status"] for scene in render["scenes"]} == {"completed"}
    assert "render-service died (signal 9): started again" in fresh_platform.log.read_text()
    kafka = fresh_platform.addresses["kafka"]
    types = Counter(event.type for event in events_of(kafka, poi["id"], "render.completed"))
    assert types["render.completed"] == 1
    assert types["render.scene.generated"] == len(render["scenes"])


def test_no_acknowledged_write_is_without_its_event_when_its_service_is_killed(
    fresh_platform: Platform,
) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def write() -> None:
        with fresh_platform.client("poi") as client:
            while not enough.is_set():
                try:
                    answer = client.post("/pois", json={"name": "Maison"})
                except httpx.TransportError:
                    continue
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["id"])

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for _ in range(3):
        before = len(acknowledged)
        until(lambda before=before: len(acknowledged) > before + 50 or None)  # type: ignore[misc]
        fresh_platform.process_of("poi").kill()
        until(lambda: _is_up(fresh_platform, "poi"))
    enough.set()
    for writer in writers:
        writer.join()

    kafka = fresh_platform.addresses["kafka"]
    for poi_id in acknowledged:
        stored = fresh_platform.call("poi", "GET", f"/pois/{poi_id}")
        assert stored["id"] == poi_id
    told = read_events(kafka, lambda seen: set(acknowledged) <= {event.key for event in seen})
    assert {event.type for event in told} == {"poi.created"}


def test_a_dead_broker_fails_no_request_and_its_events_arrive_when_it_is_back(
    fresh_platform: Platform,
) -> None:
    launcher = psutil.Process(fresh_platform.launcher.pid)
    broker = next(c for c in launcher.children() if "devstack.broker" in c.cmdline())
    broker.suspend()
    try:
        poi = fresh_platform.call("poi", "POST", "/pois", json={"name": "Maison"})
        with fresh_platform.client("poi") as client:
            assert client.get("/readyz").json()["status"] == "ready"
    finally:
        broker.resume()
    kafka = fresh_platform.addresses["kafka"]
    events = events_of(kafka, poi["id"], "poi.created")
    assert [event.type for event in events] == ["poi.created"]


def test_a_dead_database_answers_503_and_heals(fresh_platform: Platform) -> None:
    poi = fresh_platform.call("poi", "POST", "/pois", json={"name": "Maison"})
    launcher = psutil.Process(fresh_platform.launcher.pid)
    part = next(c for c in launcher.children() if "devstack.postgres" in c.cmdline())
    path = f"/pois/{poi['id']}"
    with fresh_platform.client("poi") as client:
        launcher.suspend()  # or the database is back before anybody has missed it
        try:
            part.children()[0].send_signal(signal.SIGQUIT)
            answer = until(lambda: _refused(client, path))
        finally:
            launcher.resume()
        assert answer.json()["code"] == "dependency_unavailable"
        assert int(answer.headers["Retry-After"]) > 0
        healed = until(lambda: _found(client, path))
    assert healed["id"] == poi["id"]


def test_sigterm_ends_everything_with_0_and_what_was_kept_is_there_again(tmp_path: Path) -> None:
    with Platform.started(tmp_path) as platform:
        poi = platform.call("poi", "POST", "/pois", json={"name": "Maison"})
        family = psutil.Process(platform.launcher.pid).children(recursive=True)
        assert platform.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive
    with Platform.started(tmp_path) as platform:
        again = platform.call("poi", "GET", f"/pois/{poi['id']}")
        assert again["name"] == "Maison"
        events = events_of(platform.addresses["kafka"], poi["id"], "poi.created")
        assert [event.type for event in events] == ["poi.created"]


def test_the_demo_ends_with_a_film_and_leaves_nothing_running(tmp_path: Path) -> None:
    photos = tmp_path / "mas des oliviers"
    photos.mkdir()
    for number, name in enumerate(["01 façade.jpg", "02 salon.jpg", "03 jardin.jpg"]):
        draw_photo(photos / name, number)
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"name": "Mas des Oliviers", "facts": {"rooms": 5}}))
    command = [sys.executable, "-m", "devstack", "demo"]
    options = ["--photos", str(photos), "--facts", str(facts), "--duration-s", "15"]
    done = subprocess.run(
        [*command, *options, "--language", "en", "--aspect-ratio", "9:16", "--out", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "RENDER_PROFILE": "draft", "PORT_OFFSET": str(free_offset())},
        capture_output=True,
        text=True,
        check=True,
    )
    last = done.stdout.splitlines()[-1]
    assert last == f"video: {tmp_path}/mas-des-oliviers-9x16.mp4"
    assert Path(last.removeprefix("video: ")).stat().st_size > 10_000


def _is_up(platform: Platform, service: str) -> bool | None:
    try:
        with platform.client(service) as client:
            return client.get("/readyz").is_success or None
    except httpx.TransportError:
        return None


def _refused(client: httpx.Client, path: str) -> httpx.Response | None:
    answer = client.get(path)
    return answer if answer.status_code == 503 else None


def _found(client: httpx.Client, path: str) -> dict[str, Any] | None:
    answer = client.get(path)
    return answer.json() if answer.is_success else None
