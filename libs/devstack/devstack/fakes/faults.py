"""What every fake provider has: a record of what it was asked, and faults on demand.

A test holds the `FakeProvider` itself; another process uses its endpoints: `POST /_fake/faults`
adds faults, `DELETE /_fake/faults` takes them away, `GET /_fake/requests` shows what came in.
"""

import asyncio
import json
import threading
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONTROL = "/_fake/"
_NEVER_TOLD = "authorization"


class Fault(BaseModel):
    """What the next `times` requests meet whose path ends with `path` and whose body has `holding`.

    First `delay_s` seconds pass. Then the connection breaks after the request was taken (`drop`),
    or `status` and `body` are answered (a text as it is, anything else as JSON), or the provider
    works as usual but for what `say` tells it, in its own terms.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = ""
    holding: str = ""
    times: int = Field(default=1, ge=1)
    delay_s: float = Field(default=0, ge=0)
    drop: bool = False
    status: int | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    body: Any = None
    say: Any = None


_FAULTS = TypeAdapter(list[Fault])


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body, read as JSON."""
        return json.loads(self.body)


class FakeProvider:
    """A provider's app behind a record and faults; the app reads `request.state.say`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._faults: list[Fault] = []
        self.asked: list[Asked] = []
        self._asked_more = threading.Condition()

    def will(self, *faults: Fault) -> None:
        """Adds faults, met in this order."""
        for fault in faults:
            self._faults += [fault] * fault.times

    def reset(self) -> None:
        """Forgets what was asked, and every fault to come."""
        self._faults.clear()
        self.asked.clear()

    def requests(self, path: str) -> list[Asked]:
        """What came in at paths that end so, in order."""
        return [asked for asked in self.asked if asked.path.endswith(path)]

    def wait_for(self, path: str, count: int, timeout_s: float = 20.0) -> None:
        """Blocks until so many requests have come in at such paths. Raises TimeoutError."""
        with self._asked_more:
            if not self._asked_more.wait_for(lambda: len(self.requests(path)) >= count, timeout_s):
                raise TimeoutError(f"{path} was asked {len(self.requests(path))} times")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        if request.url.path.startswith(_CONTROL):
            await self._control(request, body)(scope, receive, send)
            return
        headers = dict(request.headers)
        with self._asked_more:
            self.asked.append(Asked(request.method, request.url.path, headers, body))
            self._asked_more.notify_all()
        fault = self._next_fault(request.url.path, body)
        if fault.delay_s:
            await asyncio.sleep(fault.delay_s)
        if fault.drop:
            await _break_off(send)
        elif fault.status is not None:
            await _answer(fault)(scope, receive, send)
        else:
            scope.setdefault("state", {})["say"] = fault.say
            await self._app(scope, _replayed(body), send)

    def _next_fault(self, path: str, body: bytes) -> Fault:
        for at, fault in enumerate(self._faults):
            if path.endswith(fault.path) and fault.holding.encode() in body:
                return self._faults.pop(at)
        return Fault()

    def _control(self, request: Request, body: bytes) -> Response:
        match request.method, request.url.path.removeprefix(_CONTROL):
            case "POST", "faults":
                try:
                    self.will(*_FAULTS.validate_json(body))
                except ValidationError as error:
                    return Response(error.json(), 422, media_type="application/json")
                return Response(status_code=204)
            case "DELETE", "faults":
                self._faults.clear()
                return Response(status_code=204)
            case "GET", "requests":
                return JSONResponse([_told(asked) for asked in self.asked])
            case _:
                return Response(status_code=404)


def _told(asked: Asked) -> dict[str, Any]:
    headers = {name: value for name, value in asked.headers.items() if name != _NEVER_TOLD}
    is_json = "json" in asked.headers.get("content-type", "")
    return {
        "method": asked.method,
        "path": asked.path,
        "headers": headers,
        "size_bytes": len(asked.body),
        "json": asked.json if is_json else None,
    }


def _answer(fault: Fault) -> Response:
    status = fault.status or 200
    if isinstance(fault.body, str):
        return Response(fault.body, status, fault.headers, media_type="application/json")
    return JSONResponse(fault.body, status, fault.headers)


async def _break_off(send: Send) -> None:
    """Promises more than it sends: the server then closes the connection."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"id": "', "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _replayed(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
