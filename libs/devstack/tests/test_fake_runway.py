import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image

from devstack.fakes.runway import FakeRunway
from devstack.fakes.runway_tasks import Behaviour

HEADERS = {"Authorization": "Bearer any", "X-Runway-Version": "2024-11-06"}


@pytest.fixture
def client(runway_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=runway_url, headers=HEADERS) as client:
        yield client


@pytest.fixture
def order(client: httpx.Client) -> dict[str, Any]:
    """A good one, of an uploaded picture."""
    picture = io.BytesIO()
    Image.new("RGB", (320, 180), (200, 30, 30)).save(picture, "JPEG")
    place = client.post("/v1/uploads", json={"filename": "a.jpg", "type": "ephemeral"}).json()
    file = {"file": ("a.jpg", picture.getvalue(), "image/jpeg")}
    assert client.post(place["uploadUrl"], data=place["fields"], files=file).status_code == 204
    return {
        "model": "gen4_turbo",
        "promptImage": place["runwayUri"],
        "promptText": "Slow push in",
        "ratio": "1280:720",
        "duration": 2,
    }


def test_a_task_moves_on_each_time_it_is_asked_for(
    client: httpx.Client, order: dict[str, Any], fake_runway: FakeRunway
) -> None:
    fake_runway.next_calls(Behaviour(throttled_polls=1, running_polls=1))
    task = client.post("/v1/image_to_video", json=order).json()
    assert task["estimatedCost"] == {"credits": 10}
    seen = [client.get(f"/v1/tasks/{task['id']}").json() for _ in range(3)]
    assert [each["status"] for each in seen] == ["THROTTLED", "RUNNING", "SUCCEEDED"]
    assert seen[2]["cost"] == {"credits": 10}
    clip = client.get(seen[2]["output"][0])
    assert clip.content[4:8] == b"ftyp"
    assert client.delete(f"/v1/tasks/{task['id']}").status_code == 204
    assert client.get(f"/v1/tasks/{task['id']}").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"model": "gen9"},
        {"ratio": "1920:1080"},
        {"duration": 11},
        {"duration": 2.5},
        {"promptText": "🏠" * 501},
        {"promptImage": "runway://elsewhere"},
    ],
)
def test_an_order_that_is_not_as_documented_is_refused(
    client: httpx.Client,
    order: dict[str, Any],
    fake_runway: FakeRunway,
    changed: dict[str, Any],
) -> None:
    assert client.post("/v1/image_to_video", json=order | changed).status_code == 400
    assert fake_runway.tasks == {}
    assert fake_runway.creates == 1


def test_a_key_and_a_version_are_asked_for(client: httpx.Client) -> None:
    assert client.get("/v1/organization", headers={"Authorization": ""}).status_code == 401
    assert client.get("/v1/organization", headers={"X-Runway-Version": ""}).status_code == 400


def test_more_than_the_balance_is_not_spent(
    client: httpx.Client, order: dict[str, Any], fake_runway: FakeRunway
) -> None:
    fake_runway.balance = 9
    answer = client.post("/v1/image_to_video", json=order)
    assert (answer.status_code, "credits" in answer.json()["error"]) == (400, True)


def test_a_call_is_accepted_and_its_answer_lost_on_demand(
    client: httpx.Client, order: dict[str, Any], fake_runway: FakeRunway
) -> None:
    fake_runway.next_calls(Behaviour(call="dropped_after_accept"))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/v1/image_to_video", json=order)
    assert len(fake_runway.tasks) == 1
