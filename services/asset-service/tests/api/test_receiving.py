"""A large upload is written down as it arrives, and never held."""

import tracemalloc
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.types import Message

from app.api.receiving import receive_body, receive_form
from app.services.spool import IncomingFile, Spool

MIB = 1024 * 1024
SIZE = 64 * MIB
MOST_HELD = 6 * MIB


def request(body: Iterator[bytes]) -> Request:
    async def receive() -> Message:
        piece = next(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    headers = [(b"content-type", b"multipart/form-data; boundary=XX")]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def raw() -> Iterator[bytes]:
    for _ in range(SIZE // (64 * 1024)):
        yield bytes(64 * 1024)


def form() -> Iterator[bytes]:
    yield b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    yield from raw()
    yield b"\r\n--XX--\r\n"


@pytest.mark.parametrize(("receive", "body"), [(receive_body, raw), (receive_form, form)])
async def test_memory_stays_flat_however_large_the_file(
    tmp_path: Path,
    receive: Callable[[Request, IncomingFile], Awaitable[object]],
    body: Callable[[], Iterator[bytes]],
) -> None:
    tracemalloc.start()
    async with Spool(tmp_path, max_bytes=SIZE).receiving() as file:
        await receive(request(body()), file)
        received = await file.finish()
        _, peak = tracemalloc.get_traced_memory()
        assert received.size_bytes == SIZE
    tracemalloc.stop()
    assert peak < MOST_HELD
    assert not received.path.exists()
