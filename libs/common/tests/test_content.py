"""Serving stored bytes: ranges, entity tags, and what a caller already has (RFC 9110)."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from common.content import Content, serve
from common.problems import install_problem_handlers
from common.storage import Storage

BYTES = b"0123456789"
TAG = f'"{sha256(BYTES).hexdigest()}"'


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of `/film`, which is ten bytes, and `/lost`, whose bytes are gone."""
    storage = Storage.at(f"file://{tmp_path}")
    await storage.put_bytes("film", BYTES)
    app = FastAPI()
    install_problem_handlers(app)

    @app.api_route("/{key}", methods=["GET", "HEAD"])
    async def film(key: str, request: Request) -> Response:
        content = Content(
            storage=storage,
            key=key,
            size=len(BYTES),
            sha256=sha256(BYTES).hexdigest(),
            media_type="video/mp4",
            file_name="film d’été.mp4",
        )
        return serve(request, content)

    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


async def test_the_whole_is_answered_with_what_a_player_needs(client: httpx.AsyncClient) -> None:
    answer = await client.get("/film")
    assert (answer.status_code, answer.content) == (200, BYTES)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Content-Length"] == "10"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == TAG
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "inline; filename*=UTF-8''film%20d%E2%80%99%C3%A9t%C3%A9.mp4"


@pytest.mark.parametrize(
    ("wanted", "content_range", "body"),
    [
        ("bytes=0-3", "bytes 0-3/10", b"0123"),
        ("bytes=8-", "bytes 8-9/10", b"89"),
        ("bytes=8-99", "bytes 8-9/10", b"89"),
        ("bytes=-3", "bytes 7-9/10", b"789"),
        ("bytes=-99", "bytes 0-9/10", BYTES),
        ("bytes= 9 - 9", "bytes 9-9/10", b"9"),
    ],
)
async def test_one_range_is_answered_with_that_part(
    client: httpx.AsyncClient, wanted: str, content_range: str, body: bytes
) -> None:
    answer = await client.get("/film", headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (206, body)
    assert answer.headers["Content-Range"] == content_range
    assert answer.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=0-1", "bytes=a-b", f"bytes={10**20}-"],
)
async def test_what_is_no_single_range_is_answered_with_the_whole(
    client: httpx.AsyncClient, wanted: str
) -> None:
    answer = await client.get("/film", headers={"Range": wanted})
    assert (answer.status_code, answer.content) == (200, BYTES)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=10-20", "bytes=-0", f"bytes={10**17}-"])
async def test_a_range_beyond_the_end_is_refused(client: httpx.AsyncClient, wanted: str) -> None:
    answer = await client.get("/film", headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */10"
    assert answer.json()["code"] == "range_not_satisfiable"
    assert answer.json()["detail"] == "the content has 10 bytes"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("tags", [TAG, f"W/{TAG}", f'"other", {TAG}', "*"])
async def test_who_has_it_is_told_so(client: httpx.AsyncClient, method: str, tags: str) -> None:
    answer = await client.request(method, "/film", headers={"If-None-Match": tags})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == TAG


async def test_who_has_something_else_gets_it_all(client: httpx.AsyncClient) -> None:
    answer = await client.get("/film", headers={"If-None-Match": '"other"'})
    assert (answer.status_code, answer.content) == (200, BYTES)


@pytest.mark.parametrize(("tag", "status"), [(TAG, 206), ('"other"', 200), (f"W/{TAG}", 200)])
async def test_a_range_of_something_that_changed_is_the_whole(
    client: httpx.AsyncClient, tag: str, status: int
) -> None:
    headers = {"Range": "bytes=0-3", "If-Range": tag}
    answer = await client.get("/film", headers=headers)
    assert answer.status_code == status
    assert answer.content == (BYTES[:4] if status == 206 else BYTES)


@pytest.mark.parametrize(
    ("headers", "status", "length"), [({}, 200, "10"), ({"Range": "bytes=0-3"}, 206, "4")]
)
async def test_head_is_get_without_the_bytes(
    client: httpx.AsyncClient, headers: dict[str, str], status: int, length: str
) -> None:
    head = await client.head("/film", headers=headers)
    assert (head.status_code, head.content) == (status, b"")
    assert head.headers["Content-Length"] == length
    assert head.headers == (await client.get("/film", headers=headers)).headers


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-3"}])
async def test_bytes_that_are_gone_are_a_problem_and_no_broken_success(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.get("/lost", headers=headers)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "content_missing"
