"""Serving stored bytes: GET and HEAD with ranges and validators (RFC 9110, sections 13 and 14)."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request, Response
from starlette.responses import Content as Piece
from starlette.responses import StreamingResponse
from starlette.types import Send

from common.errors import RangeNotSatisfiable
from common.storage import Storage

#: One range. No content has more bytes than eighteen digits say; what claims so is no range.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Content:
    """Stored bytes and what to say of them; `sha256` in hexadecimal is their entity tag."""

    storage: Storage
    key: str
    size: int
    sha256: str
    media_type: str
    file_name: str

    @property
    def etag(self) -> str:
        """The strong entity tag."""
        return f'"{self.sha256}"'


def serve(request: Request, content: Content) -> Response:
    """The whole content, the one range that is asked for, or 304 when the caller has it.

    Raises RangeNotSatisfiable; the answer raises what the storage raises, as long as it has not
    begun. Several ranges at once are answered with the whole, as allowed.
    """
    headers = {
        "ETag": content.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(content.file_name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    if _has_it(request, content):
        return Response(status_code=304, headers=headers)
    span = _wanted_span(request, content)
    start, end = span or (0, content.size)
    headers["Content-Length"] = str(end - start)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    status = 206 if span else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=content.media_type)
    body = content.storage.stream(content.key, start, end)
    return _StoredBytes(body, status, headers, media_type=content.media_type)


class _StoredBytes(StreamingResponse):
    """Says that it succeeds once it has something to say: what fails before is a problem."""

    async def stream_response(self, send: Send) -> None:
        """Starlette's hook: reads ahead by one piece."""
        pieces = aiter(self.body_iterator)
        first = await anext(pieces, b"")

        async def all_of_them() -> AsyncIterator[Piece]:
            yield first
            async for piece in pieces:
                yield piece

        self.body_iterator = all_of_them()
        await super().stream_response(send)


def _has_it(request: Request, content: Content) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is None:
        return False
    known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    return "*" in known or content.etag in known


def _wanted_span(request: Request, content: Content) -> tuple[int, int] | None:
    """The range asked for, as start and end (exclusive); None for the whole."""
    match = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if match is None or match.group(0) == "bytes=-":
        return None
    if request.headers.get("if-range", content.etag) != content.etag:
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, content.size - int(last)), content.size
    else:
        start = int(first)
        end = min(content.size, int(last) + 1) if last else content.size
    if last and first and int(last) < start:
        return None
    if start >= content.size or start >= end:
        raise RangeNotSatisfiable(
            f"the content has {content.size} bytes",
            headers={"Content-Range": f"bytes */{content.size}"},
        )
    return start, end
