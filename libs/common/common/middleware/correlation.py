"""The outermost layer: a request's correlation id, log line, metrics, and unforeseen failure."""

import asyncio
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common.correlation import HEADER, accepted_correlation_id, bound_correlation_id
from common.errors import DependencyUnavailable
from common.problems import problem_for
from common.telemetry import HTTP_REQUESTS

logger = structlog.get_logger(__name__)

_QUIET_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
_GOING = DependencyUnavailable("the service ends before this is done: send it again")


class CorrelationMiddleware:
    """Answers `X-Correlation-ID` on every response, and writes one line per request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        correlation_id = accepted_correlation_id(Headers(scope=scope).get(HEADER))
        started = time.perf_counter()
        status = 0

        async def send_correlated(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = correlation_id
            await send(message)

        with bound_correlation_id(correlation_id):
            try:
                await self._app(scope, receive, send_correlated)
            except Exception as error:
                if status:  # half an answer is out: breaking off is all that is left to say
                    raise
                await problem_for(error, scope["path"])(scope, receive, send_correlated)
            except asyncio.CancelledError:  # the process ends, and has waited long enough
                if not status:
                    await problem_for(_GOING, scope["path"])(scope, receive, send_correlated)
                raise
            finally:
                _tell(scope, status, time.perf_counter() - started)


def _tell(scope: Scope, status: int, duration_s: float) -> None:
    route = scope.get("route")
    template = getattr(route, "path", "unmatched")
    HTTP_REQUESTS.labels(scope["method"], template, status).observe(duration_s)
    log = logger.debug if scope["path"] in _QUIET_PATHS else logger.info
    log(
        "request",
        method=scope["method"],
        path=scope["path"],
        status=status,
        duration_ms=round(duration_s * 1000, 1),
    )
