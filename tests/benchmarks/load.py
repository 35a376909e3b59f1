"""A small HTTP load generator: keep-alive connections that each send their next request at once.

It speaks just enough HTTP/1.1 for answers with a Content-Length, so that the generator costs the
shared cores as little as possible.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as the bytes that go over the wire."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def encode(self, host: str) -> bytes:
        """The request line, headers and body."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, slots=True)
class Load:
    """What a run gave: requests per second, and latencies in seconds, sorted."""

    requests_per_s: float
    latencies_s: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """The latency in seconds that `share` of the requests stayed under."""
        return self.latencies_s[min(len(self.latencies_s) - 1, int(share * len(self.latencies_s)))]


async def put_under_load(
    base_url: str,
    make_request: Callable[[int], Request],
    *,
    seconds: float,
    expected_status: int,
    connections: int = CONNECTIONS,
) -> Load:
    """Sends requests for `seconds`; raises RuntimeError at the first unexpected status."""
    url = urlsplit(base_url)
    host, port = url.hostname or "127.0.0.1", url.port or 80
    latencies: list[float] = []
    counter = iter(range(10**9))
    until = time.perf_counter() + seconds

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            while (start := time.perf_counter()) < until:
                writer.write(make_request(next(counter)).encode(host))
                status = await _read_answer(reader)
                if status != expected_status:
                    raise RuntimeError(f"{base_url} answered {status}")
                latencies.append(time.perf_counter() - start)
        finally:
            writer.close()

    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(one_connection())
    elapsed = time.perf_counter() - started
    return Load(len(latencies) / elapsed, tuple(sorted(latencies)))


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    start = head.index(b"content-length:") + len(b"content-length:")
    await reader.readexactly(int(head[start : head.index(b"\r\n", start)]))
    return status
