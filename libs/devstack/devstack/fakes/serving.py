"""A fake on an address of its own, for as long as a block lasts."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

_STOP_TIMEOUT_S = 10.0
_CONNECTION = "devstack.connection"


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serves the app in a thread; its base URL."""
    config = uvicorn.Config(
        Cuttable(app), host="127.0.0.1", port=0, log_level="critical", lifespan="off"
    )
    listening = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_STOP_TIMEOUT_S)
        listening.close()


async def cut(request: Request) -> None:
    """Cuts the connection: whatever is answered then never arrives."""
    request.scope[_CONNECTION].abort()
    await asyncio.sleep(0)


class Cuttable:
    """Puts the connection where `cut` finds it.

    ASGI has no word for cutting one, so this reaches for uvicorn's own request behind `send`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        scope[_CONNECTION] = getattr(send, "__self__").transport  # noqa: B009 - not of the type
        await self._app(scope, receive, send)
