"""Senders that go away in the middle, over a real connection."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from tests.media import picture
from tests.support import Agency


@pytest.fixture
async def port(app: FastAPI) -> AsyncIterator[int]:
    """Where the running app is served."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_config=None)
    )
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True


async def until(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not claim():  # noqa: ASYNC110 - the file system has no event for it
            await asyncio.sleep(0.01)


def incoming(agency: Agency) -> list[Path]:
    return list(agency.root.glob(".incoming/*"))


@pytest.mark.parametrize("method", ["PUT", "POST"])
async def test_an_upload_that_breaks_off_leaves_nothing_behind(
    agency: Agency, port: int, method: str
) -> None:
    asset = await agency.create()
    path = "/assets/upload" if method == "POST" else f"/assets/{asset['id']}/content"
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: dev-api-key\r\n"
        "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: 1000000\r\n\r\n"
        '--XX\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    )
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + picture())
    await writer.drain()
    await until(lambda: len(incoming(agency)) == 1)
    writer.transport.abort()
    await until(lambda: not incoming(agency))
    assert await agency.files() == set()
    assert (await agency.client.get("/assets")).json() == [asset]
    assert len(await agency.events()) == 1


async def test_a_body_that_is_too_large_is_refused_before_it_has_been_sent(
    agency: Agency, port: int
) -> None:
    asset = await agency.create()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"PUT /assets/{asset['id']}/content HTTP/1.1\r\nHost: localhost\r\n"
        f"X-API-Key: dev-api-key\r\nContent-Length: {10**12}\r\n\r\n".encode()
    )
    await writer.drain()
    assert b"413" in await reader.readline()
    writer.transport.abort()
