"""The API key: checked before anything of the request is looked at."""

import hmac
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from common.errors import Unauthorized
from common.problems import problem_for

HEADER = "X-API-Key"
OPEN_PATHS = frozenset({"/healthz", "/readyz", "/metrics", "/docs", "/redoc", "/openapi.json"})

_CHALLENGE = {"WWW-Authenticate": f'ApiKey header="{HEADER}"'}

#: How OpenAPI describes the key.
SECURITY_SCHEME = {"type": "apiKey", "in": "header", "name": HEADER}


class ApiKeyMiddleware:
    """Lets through who knows one of the keys; every path but OPEN_PATHS needs one."""

    def __init__(self, app: ASGIApp, keys: tuple[str, ...]) -> None:
        self._app = app
        self._digests = [_digest(key) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER)
        if given is not None and self._is_known(given):
            await self._app(scope, receive, send)
            return
        reason = "is missing" if given is None else "is not one that is known here"
        refusal = Unauthorized(f"the header {HEADER} {reason}", headers=_CHALLENGE)
        await problem_for(refusal, scope["path"])(scope, receive, send)

    def _is_known(self, given: str) -> bool:
        """Compares with every key, so that the time taken says nothing about which is close."""
        digest = _digest(given)
        return any([hmac.compare_digest(digest, known) for known in self._digests])  # noqa: C419


def _digest(key: str) -> bytes:
    return sha256(key.encode()).digest()
