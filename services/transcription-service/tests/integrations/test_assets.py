"""What asset-service's answers mean to a transcription."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from app.core.transcriptions import TranscriptionError
from app.integrations.assets import AssetService
from common.errors import DependencyUnavailable
from common.http_client import PeerClient
from common.ids import new_id
from tests.support import make_asset

Answer = Callable[[httpx.Request], httpx.Response]
MAX_BYTES = 1000


@pytest.fixture
def asset_id() -> UUID:
    return new_id()


@asynccontextmanager
async def service(answer: Answer) -> AsyncIterator[AssetService]:
    """asset-service as it answers; what its client makes of it."""
    peer = PeerClient(
        "asset-service", "http://asset-service", "key", transport=httpx.MockTransport(answer)
    )
    yield AssetService(peer, max_bytes=MAX_BYTES)
    await peer.close()


async def test_an_asset_is_read_with_the_key() -> None:
    asset = make_asset(new_id())

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/assets/{asset.id}"
        assert request.headers["x-api-key"] == "key"
        return httpx.Response(200, text=asset.model_dump_json())

    async with service(answer) as assets:
        assert await assets.get(asset.id) == asset


async def test_an_asset_that_is_not_there_cannot_be_transcribed(asset_id: UUID) -> None:
    async with service(lambda _: httpx.Response(404)) as assets:
        with pytest.raises(TranscriptionError) as refusal:
            await assets.get(asset_id)
    assert refusal.value.code == "asset_not_found"


async def test_a_service_that_is_down_may_be_asked_again(asset_id: UUID) -> None:
    async with service(lambda _: httpx.Response(503)) as assets:
        with pytest.raises(DependencyUnavailable):
            await assets.get(asset_id)


async def test_content_is_copied_as_it_is(asset_id: UUID, tmp_path: Path) -> None:
    content = bytes(range(256))
    target = tmp_path / "recording"

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == f"/assets/{asset_id}/content"
        return httpx.Response(200, content=content)

    async with service(answer) as assets:
        assert await assets.fetch(asset_id, target)
    assert target.read_bytes() == content


async def test_missing_content_is_said_so(asset_id: UUID, tmp_path: Path) -> None:
    async with service(lambda _: httpx.Response(404)) as assets:
        assert not await assets.fetch(asset_id, tmp_path / "recording")


async def test_content_over_the_limit_is_refused(asset_id: UUID, tmp_path: Path) -> None:
    too_much = httpx.Response(200, content=bytes(MAX_BYTES + 1))
    async with service(lambda _: too_much) as assets:
        with pytest.raises(TranscriptionError) as refusal:
            await assets.fetch(asset_id, tmp_path / "recording")
    assert refusal.value.code == "content_too_large"
