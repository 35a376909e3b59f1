"""The platform as its user calls it: REST with a key, patient with a service that restarts."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
_PATIENCE_S = 30.0
_PAUSE_S = 0.5


class Refused(RuntimeError):  # noqa: N818 - says what happened
    """A service refused a request; `reason` is the problem's own, `status` None for no answer."""

    def __init__(self, service: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{service}-service{':' if status else ''} {reason}")
        self.reason = reason
        self.status = status


class PlatformClient:
    """Calls the five services at `urls`, by name; one correlation id runs through all calls.

    `wait` is called with the seconds to wait between tries.
    """

    def __init__(
        self,
        urls: Mapping[str, str],
        api_key: str,
        wait: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.correlation_id = f"demo-{uuid4().hex[:12]}"
        self._urls = urls
        self._wait = wait
        self._client = httpx.Client(
            headers={"X-API-Key": api_key, "X-Correlation-ID": self.correlation_id},
            timeout=_TIMEOUT,
            transport=transport,
        )

    def get(self, service: str, path: str, **query: str) -> Any:
        """The JSON of a GET. Raises Refused."""
        return self._call(service, "GET", path, params=query).json()

    def post(
        self, service: str, path: str, *, query: Mapping[str, Any] | None = None, json: Any = None
    ) -> Any:
        """The JSON of a POST, which happens once, however often it is sent. Raises Refused."""
        return self._call(service, "POST", path, params=query, json=json).json()

    def upload(self, service: str, path: str, file: Path, fields: Mapping[str, str]) -> Any:
        """The JSON of a multipart upload. Raises Refused."""
        with file.open("rb") as content:
            files = {"file": (file.name, content)}
            return self._call(service, "POST", path, files=files, data=dict(fields)).json()

    def download(self, service: str, path: str, target: Path) -> None:
        """Saves what is at `path`. Raises Refused."""
        target.write_bytes(self._call(service, "GET", path).content)

    def _call(self, service: str, method: str, path: str, **request: Any) -> httpx.Response:
        """Tries again for a while when the service is away or says 503."""
        headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                answer = self._client.request(
                    method, self._urls[service] + path, headers=headers, **request
                )
            except httpx.TransportError as error:
                if time.monotonic() > deadline:
                    raise Refused(service, f"cannot be reached: {error}") from error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code != 503 or time.monotonic() > deadline:
                    raise Refused(service, _problem(answer), answer.status_code)
            self._wait(_PAUSE_S)
            for _, content in (request.get("files") or {}).values():
                content.seek(0)


def _problem(answer: httpx.Response) -> str:
    try:
        body = answer.json()
        return f"{body['detail']} ({answer.status_code} {body['code']})"
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.text[:200]}"
