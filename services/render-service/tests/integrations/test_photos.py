from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app.film.values import FilmError
from app.integrations.photos import AssetPhotos
from common.errors import DependencyUnavailable
from common.http_client import PeerClient
from contracts.asset import ContentStatus
from tests.services.test_replacing_photos import asset_with

ASSET = uuid4()


def _photos(answer: httpx.Response | Exception) -> AssetPhotos:
    def respond(request: httpx.Request) -> httpx.Response:
        assert request.url.path in {f"/assets/{ASSET}", f"/assets/{ASSET}/content"}
        assert request.headers["X-API-Key"] == "a-key"
        if isinstance(answer, Exception):
            raise answer
        return answer

    peer = PeerClient(
        "asset-service", "http://assets", "a-key", transport=httpx.MockTransport(respond)
    )
    return AssetPhotos(peer, max_bytes=10)


async def test_a_photo_is_copied_to_a_file(tmp_path: Path) -> None:
    await _photos(httpx.Response(200, content=b"picture")).fetch(ASSET, tmp_path / "photo")
    assert (tmp_path / "photo").read_bytes() == b"picture"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(404), "picture_missing"),
        (httpx.Response(200, content=b"far too large"), "picture_too_large"),
    ],
)
async def test_a_photo_that_cannot_be_had_is_refused_with_a_reason(
    tmp_path: Path, answer: httpx.Response, code: str
) -> None:
    with pytest.raises(FilmError) as refusal:
        await _photos(answer).fetch(ASSET, tmp_path / "photo")
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("known", "reason"), [(True, "has no content"), (False, "was deleted, or never was there")]
)
async def test_a_photo_that_was_deleted_is_told_from_one_whose_content_is_missing(
    tmp_path: Path, known: bool, reason: str
) -> None:
    asset = asset_with(id=ASSET, poi_id=uuid4(), content_status=ContentStatus.MISSING).model_dump(
        mode="json"
    )

    def respond(request: httpx.Request) -> httpx.Response:
        is_there = known and request.url.path == f"/assets/{ASSET}"
        return httpx.Response(200, json=asset) if is_there else httpx.Response(404)

    peer = PeerClient(
        "asset-service", "http://assets", "a-key", transport=httpx.MockTransport(respond)
    )
    with pytest.raises(FilmError) as refusal:
        await AssetPhotos(peer, max_bytes=10).fetch(ASSET, tmp_path / "photo")
    assert refusal.value.detail == f"asset {ASSET} {reason}"


async def test_an_asset_that_nobody_knows_is_none() -> None:
    peer = PeerClient(
        "asset-service",
        "http://assets",
        "a-key",
        transport=httpx.MockTransport(lambda _: httpx.Response(404)),
    )
    assert await AssetPhotos(peer, max_bytes=10).find(ASSET) is None


@pytest.mark.parametrize("answer", [httpx.Response(503), httpx.ConnectError("refused")])
async def test_asset_service_being_down_is_no_fault_of_the_photo(
    tmp_path: Path, answer: httpx.Response | Exception
) -> None:
    with pytest.raises(DependencyUnavailable):
        await _photos(answer).fetch(ASSET, tmp_path / "photo")
