"""A small S3: the part of its protocol that a client needs to keep objects, in memory."""

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class FakeS3(ThreadingHTTPServer):
    """Objects by path; `refusals` is how many of the next requests are answered with 503."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.refusals = 0
        self.requests: list[str] = []

    def reset(self) -> None:
        """As if it had just been started."""
        self.objects.clear()
        self.parts.clear()
        self.requests.clear()
        self.refusals = 0

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which its clients find it."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "something",
            "AWS_REGION": "eu-west-3",
        }

    @property
    def url(self) -> str:
        """Where it listens, for AWS_ENDPOINT_URL."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running_s3() -> Iterator[FakeS3]:
    """One that lives for the block."""
    server = FakeS3()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeS3

    def do_PUT(self) -> None:
        """An object, or a part of one."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._is_refused():
            return
        if "uploadId" in self._query:
            upload, number = self._query["uploadId"][0], int(self._query["partNumber"][0])
            self.server.parts[upload][number] = body
        else:
            self.server.objects[self._key] = body
        self._answer(200, headers={"ETag": '"an-etag"'})

    def do_POST(self) -> None:
        """Parts begun or joined, or keys to delete."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "delete" in self._query:
            keys = re.findall("<Key>(.*?)</Key>", body.decode())
            for key in keys:
                self.server.objects.pop(f"{self._key}/{html.unescape(key)}", None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._answer(200, f"<DeleteResult>{deleted}</DeleteResult>".encode())
            return
        if "uploads" in self._query:
            upload = f"upload-{len(self.server.parts)}"
            self.server.parts[upload] = {}
            self._answer(200, _xml("InitiateMultipartUploadResult", UploadId=upload))
            return
        parts = self.server.parts.pop(self._query["uploadId"][0])
        self.server.objects[self._key] = b"".join(parts[number] for number in sorted(parts))
        self._answer(200, _xml("CompleteMultipartUploadResult", ETag="an-etag"))

    def do_GET(self) -> None:
        """An object, or a range of it."""
        if self._is_refused():
            return
        found = self.server.objects.get(self._key)
        if found is None:
            self._answer(404, _xml("Error", Code="NoSuchKey"))
            return
        headers = {"ETag": '"an-etag"', "Last-Modified": "Fri, 20 Nov 2026 09:30:00 GMT"}
        status, wanted = 200, self.headers.get("Range")
        if wanted is not None:
            first, last = (int(n) for n in wanted.removeprefix("bytes=").split("-"))
            headers["Content-Range"] = f"bytes {first}-{last}/{len(found)}"
            status, found = 206, found[first : last + 1]
        self._answer(status, found, headers)

    def do_HEAD(self) -> None:
        """What is known of an object."""
        self.do_GET()

    @property
    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/")

    @property
    def _query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)

    def _is_refused(self) -> bool:
        if not self.server.refusals:
            return False
        self.server.refusals -= 1
        self._answer(503, _xml("Error", Code="SlowDown"))
        return True

    def _answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self.server.requests.append(f"{self.command} {self._key} {status}")
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: tests look at `requests`."""


def _xml(name: str, **fields: str) -> bytes:
    inner = "".join(f"<{field}>{value}</{field}>" for field, value in fields.items())
    return f'<?xml version="1.0"?><{name}>{inner}</{name}>'.encode()
