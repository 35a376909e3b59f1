"""Pages of a listing: newest first, by an opaque cursor, the next one in a `Link` header."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, TypeVar
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError

MAX_LIMIT = 200
DEFAULT_LIMIT = 50


class Identified(Protocol):
    """A resource whose id sorts by its age (UUIDv7)."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...


Item = TypeVar("Item", bound=Identified)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted: at most `limit` items older than the one with id `before`."""

    limit: int
    before: UUID | None
    request: Request
    response: Response

    @property
    def fetch(self) -> int:
        """How many items to read: one more than is shown, to know whether there is a next page."""
        return self.limit + 1

    def cut(self, found: Sequence[Item]) -> list[Item]:
        """The page out of up to `fetch` items; the answer's `Link` names the next page, if any."""
        page = list(found[: self.limit])
        if len(found) > self.limit:
            url = self.request.url.include_query_params(cursor=encode_cursor(page[-1].id))
            self.response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
        return page


def encode_cursor(last: UUID) -> str:
    """The cursor of the page after the item with id `last`."""
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def decode_cursor(cursor: str) -> UUID:
    """The id within a cursor; raises ValueError."""
    try:
        return UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True))
    except binascii.Error as error:
        raise ValueError(str(error)) from error


async def _page_request(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None, Query(max_length=100, description="From the `Link` of the page before.")
    ] = None,
) -> PageRequest:
    try:
        before = decode_cursor(cursor) if cursor is not None else None
    except ValueError:
        problem = {
            "loc": ("query", "cursor"),
            "msg": "not a cursor: take it from the Link header of the page before",
            "type": "cursor",
        }
        raise RequestValidationError([problem]) from None
    return PageRequest(limit=limit, before=before, request=request, response=response)


#: The page that the request asks for.
Page = Annotated[PageRequest, Depends(_page_request)]
