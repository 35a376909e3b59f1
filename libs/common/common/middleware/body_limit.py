"""Caps on request bodies, with or without a Content-Length; nothing is buffered here."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common.errors import PayloadTooLarge
from common.problems import problem_for

JSON_LIMIT = 1024 * 1024

#: The cap in bytes of a request, by method and path.
BodyLimit = Callable[[str, str], int]


def json_limit(_method: str, _path: str) -> int:
    """The cap of services that take JSON only."""
    return JSON_LIMIT


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


class BodyLimitMiddleware:
    """Answers 413 as soon as a body is known to be over its cap."""

    def __init__(self, app: ASGIApp, limit: BodyLimit = json_limit) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["method"], scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            await self._refuse(limit, scope, receive, send)
            return
        await self._count(limit, scope, receive, send)

    async def _count(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0
        exceeded = started = False

        async def counted() -> Message:
            nonlocal received, exceeded
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                exceeded = True
                raise _TooLarge
            return message

        async def held_back(message: Message) -> None:
            """Drops what the app makes of a body that ended too soon for it."""
            nonlocal started
            if not exceeded or started:
                started = True
                await send(message)

        try:
            await self._app(scope, counted, held_back)
        except _TooLarge:
            exceeded = True
        if exceeded and not started:
            await self._refuse(limit, scope, receive, send)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = PayloadTooLarge(
            f"the body is larger than the {limit:,} bytes that are allowed here",
            headers={"Connection": "close"},
        )
        await problem_for(refusal, scope["path"])(scope, receive, send)
