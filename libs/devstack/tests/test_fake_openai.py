import io
import wave
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from devstack.fakes.openai import HEARD, FakeOpenAI

CLOSED = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "required": ["a"],
    "additionalProperties": False,
}
FORM = {"type": "json_schema", "name": "Form", "strict": True, "schema": CLOSED}


@pytest.fixture
def client(fake_openai: FakeOpenAI, openai_url: str) -> Iterator[httpx.Client]:
    key = {"Authorization": "Bearer sk-any"}
    with httpx.Client(base_url=openai_url, headers=key) as client:
        yield client


def control(openai_url: str) -> httpx.Client:
    return httpx.Client(base_url=openai_url.removesuffix("/v1"))


def speech(seconds: float, name: str = "a.wav") -> dict[str, Any]:
    file = io.BytesIO()
    with wave.open(file, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(8000)
        audio.writeframes(bytes(int(16000 * seconds)))
    return {"file": (name, file.getvalue(), "audio/wav")}


def test_a_request_without_a_key_is_refused(client: httpx.Client) -> None:
    answer = client.post("/responses", json={"model": "m"}, headers={"Authorization": ""})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize(
    "schema", [{**CLOSED, "additionalProperties": True}, {**CLOSED, "required": []}]
)
def test_a_schema_that_is_not_closed_is_refused(
    client: httpx.Client, schema: dict[str, Any]
) -> None:
    text = {"format": {**FORM, "schema": schema}}
    answer = client.post("/responses", json={"model": "m", "input": "hello", "text": text})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json_schema")


def test_only_what_is_a_recording_is_listened_to(client: httpx.Client) -> None:
    heard = client.post(
        "/audio/transcriptions", data={"model": "gpt-transcribe"}, files=speech(1.5)
    )
    assert heard.json()["text"] == HEARD
    assert heard.json()["usage"] == {"type": "duration", "seconds": 1.5}
    noise = {"file": ("a.wav", b"RIFF", "audio/wav")}
    refused = client.post("/audio/transcriptions", data={"model": "gpt-transcribe"}, files=noise)
    assert refused.status_code == 400


def test_segments_come_only_from_the_models_that_have_them(client: httpx.Client) -> None:
    asked = {"response_format": "verbose_json"}
    whisper = client.post(
        "/audio/transcriptions", data={"model": "whisper-1", **asked}, files=speech(2)
    )
    newer = client.post(
        "/audio/transcriptions", data={"model": "gpt-transcribe", **asked}, files=speech(2)
    )
    assert whisper.json()["segments"][0]["end"] == 2.0
    assert newer.status_code == 400


def test_faults_and_requests_are_reached_from_another_process(
    client: httpx.Client, openai_url: str
) -> None:
    with control(openai_url) as other:
        fault = {"path": "/responses", "status": 503, "times": 2}
        assert other.post("/_fake/faults", json=[fault]).status_code == 204
        assert client.post("/responses", json={}).status_code == 503
        assert other.delete("/_fake/faults").status_code == 204
        assert client.post("/responses", json={"model": "m"}).status_code == 400
        seen = other.get("/_fake/requests").json()
        assert [asked["path"] for asked in seen] == ["/v1/responses"] * 2
        assert "authorization" not in seen[0]["headers"]
        assert other.post("/_fake/faults", json=[{"statos": 1}]).status_code == 422
        assert other.get("/_fake/elsewhere").status_code == 404


def test_a_connection_breaks_on_demand(client: httpx.Client, openai_url: str) -> None:
    with control(openai_url) as other:
        other.post("/_fake/faults", json=[{"drop": True}])
    with pytest.raises(httpx.RemoteProtocolError):
        client.post("/responses", json={"model": "m"})
