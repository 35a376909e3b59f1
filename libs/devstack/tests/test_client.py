from pathlib import Path

import httpx
import pytest

from devstack.client import PlatformClient, Refused

URLS = {"poi": "http://poi", "asset": "http://asset"}


def client(answer: object) -> PlatformClient:
    transport = httpx.MockTransport(answer)  # type: ignore[arg-type]
    return PlatformClient(URLS, "a-key", wait=lambda _: None, transport=transport)


def test_a_post_that_has_to_be_sent_again_says_that_it_is_the_same() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(503 if len(sent) < 3 else 201, json={"id": "1"})

    assert client(answer).post("poi", "/pois", json={"name": "Villa"}) == {"id": "1"}
    assert len({request.headers["Idempotency-Key"] for request in sent}) == 1
    assert len({request.headers["X-Correlation-ID"] for request in sent}) == 1
    assert sent[-1].headers["X-API-Key"] == "a-key"


def test_an_upload_that_is_sent_again_is_sent_whole(tmp_path: Path) -> None:
    photo = tmp_path / "salon.jpg"
    photo.write_bytes(b"the whole picture")
    bodies: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(request.read())
        if len(bodies) == 1:
            raise httpx.ConnectError("the service is starting again")
        return httpx.Response(201, json={})

    client(answer).upload("asset", "/assets/upload", photo, {"poi_id": "1"})
    assert all(b"the whole picture" in body for body in bodies)
    assert len(bodies) == 2


def test_a_refusal_is_told_in_the_service_s_own_words() -> None:
    problem = {"code": "invalid_transition", "detail": "a POI cannot go from draft to published"}
    with pytest.raises(Refused, match=r"poi-service: a POI cannot go .* invalid_transition"):
        client(lambda _: httpx.Response(409, json=problem)).post("poi", "/pois/1/publish")


def test_an_answer_that_is_no_problem_document_is_told_as_it_is() -> None:
    with pytest.raises(Refused, match="502 bad gateway"):
        client(lambda _: httpx.Response(502, text="bad gateway")).get("poi", "/pois")
