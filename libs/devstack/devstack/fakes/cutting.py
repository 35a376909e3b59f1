"""A connection that is cut before the answer: what a fake cannot say in HTTP."""

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

_CONNECTION = "devstack.connection"


class Cuttable:
    """An app whose connections `cut` can find.

    ASGI has no word for cutting one, so this reaches for uvicorn's own request behind `send`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        scope[_CONNECTION] = getattr(send, "__self__").transport  # noqa: B009 - not of the type
        await self._app(scope, receive, send)


async def cut(request: Request) -> None:
    """Cuts the connection: whatever is answered then never arrives."""
    request.scope[_CONNECTION].abort()
    await asyncio.sleep(0)
