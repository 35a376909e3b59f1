"""Calls to the platform's other services.

Every call carries the API key and the correlation id, and has a time limit. Only GETs are sent
again, and only for faults that pass. A peer that keeps failing is left alone for a while: calls
then fail at once, as `DependencyUnavailable`, instead of each waiting for its own time-out.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import httpx
import structlog
from pydantic import BaseModel, TypeAdapter, ValidationError

from common.backoff import Backoff
from common.correlation import HEADER as CORRELATION_HEADER
from common.correlation import current_correlation_id
from common.errors import DependencyUnavailable, NotFoundError, PayloadTooLarge
from common.telemetry import PEER_CALLS

logger = structlog.get_logger(__name__)

_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_TRIES = 3
_PASSING = frozenset({429, 502, 503, 504})

Model = TypeVar("Model", bound=BaseModel)
Read = TypeVar("Read")
Got = TypeVar("Got")


class CircuitBreaker:
    """Opens after `threshold` failures in a row; after `open_s` seconds one call tries again."""

    def __init__(self, threshold: int = 5, open_s: float = 10.0) -> None:
        self._threshold = threshold
        self._open_s = open_s
        self._failures = 0
        self._closed_at = 0.0

    def check(self, peer: str) -> None:
        """Raises DependencyUnavailable while the circuit is open."""
        wait = self._closed_at - time.monotonic()
        if self._failures >= self._threshold:
            if wait > 0:
                raise DependencyUnavailable(
                    f"{peer} has not been answering", retry_after_s=int(wait) + 1
                )
            self._closed_at = time.monotonic() + self._open_s  # this call is the probe

    def succeeded(self) -> None:
        """The peer answered."""
        self._failures = 0

    def failed(self) -> None:
        """The peer did not answer."""
        self._failures += 1
        if self._failures >= self._threshold:
            self._closed_at = time.monotonic() + self._open_s


class PeerClient:
    """Another service of the platform; `name` is what errors call it.

    One try for a resource takes at most `resource_timeout_s`; one for content takes as long as
    its bytes keep coming.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        api_key: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        circuit: CircuitBreaker | None = None,
        resource_timeout_s: float = 10.0,
    ) -> None:
        self._name = name
        self._resource_timeout_s = resource_timeout_s
        self._circuit = circuit or CircuitBreaker()
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers={"X-API-Key": api_key},
            timeout=_TIMEOUT,
            transport=transport,
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=10),
        )

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def get(self, path: str, model: type[Model], **params: Any) -> Model:
        """One resource. Raises NotFoundError and DependencyUnavailable."""
        response = await self._get(path, params)
        return self._read(model.model_validate_json, response)

    async def get_all(self, path: str, model: type[Model], **params: Any) -> list[Model]:
        """Every item of a listing, page after page. Raises DependencyUnavailable."""
        adapter = TypeAdapter(list[model])  # type: ignore[valid-type]
        items: list[Model] = []
        url: str | None = path
        query: dict[str, Any] | None = {**params, "limit": 200}
        while url is not None:
            response = await self._get(url, query)
            items += self._read(adapter.validate_json, response)
            url, query = response.links.get("next", {}).get("url"), None
        return items

    async def download(self, path: str, target: Path, *, max_bytes: int) -> None:
        """Streams content to a file.

        Raises NotFoundError, PayloadTooLarge past `max_bytes`, and DependencyUnavailable.
        """

        async def save() -> None:
            async with self._streamed(path) as response:
                await self._save(response, target, max_bytes)

        await _again(save)

    async def _get(self, path: str, params: dict[str, Any] | None) -> httpx.Response:
        async def read() -> httpx.Response:
            async with self._streamed(path, params, self._resource_timeout_s) as response:
                await response.aread()
            return response

        return await _again(read)

    @asynccontextmanager
    async def _streamed(
        self, path: str, params: dict[str, Any] | None = None, timeout_s: float | None = None
    ) -> AsyncIterator[httpx.Response]:
        """One GET: its answer within the block, and what failures mean."""
        self._check_circuit()
        headers = {CORRELATION_HEADER: current_correlation_id()}
        try:
            async with (
                asyncio.timeout(timeout_s),
                self._client.stream("GET", path, params=params, headers=headers) as response,
            ):
                self._judge(response, path)
                yield response
        except (httpx.RequestError, TimeoutError) as error:
            self._failed()
            logger.warning("peer_failed", peer=self._name, path=path, reason=repr(error))
            raise DependencyUnavailable(
                f"{self._name} cannot be reached ({type(error).__name__})"
            ) from error
        except PayloadTooLarge:
            self._answered()  # it answered, only too much
            raise
        self._answered()

    def _judge(self, response: httpx.Response, path: str) -> None:
        status = response.status_code
        if status == HTTPStatus.NOT_FOUND:
            self._answered()
            raise NotFoundError(f"{self._name} has nothing at {path}")
        if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._failed()
            raise DependencyUnavailable(f"{self._name} answered {status}")
        if not response.is_success:
            self._answered()
            raise UnexpectedAnswer(f"{self._name} answered {status} to GET {path}")

    def _check_circuit(self) -> None:
        try:
            self._circuit.check(self._name)
        except DependencyUnavailable:
            PEER_CALLS.labels(self._name, "not_made").inc()
            raise

    def _answered(self) -> None:
        self._circuit.succeeded()
        PEER_CALLS.labels(self._name, "answered").inc()

    def _failed(self) -> None:
        self._circuit.failed()
        PEER_CALLS.labels(self._name, "failed").inc()

    def _read(self, parse: Callable[[bytes], Read], response: httpx.Response) -> Read:
        try:
            return parse(response.content)
        except ValidationError as error:
            raise UnexpectedAnswer(
                f"{self._name} answered GET {response.request.url.path} with something else:"
                f" {error.errors(include_input=False, include_url=False)[:3]}"
            ) from error

    async def _save(self, response: httpx.Response, target: Path, max_bytes: int) -> None:
        received = 0
        with target.open("wb") as file:
            async for piece in response.aiter_bytes():
                received += len(piece)
                if received > max_bytes:
                    raise PayloadTooLarge(f"{self._name} sent more than {max_bytes:,} bytes")
                await asyncio.to_thread(file.write, piece)


async def _again(get: Callable[[], Awaitable[Got]]) -> Got:
    """What `get` gives, at the last of _TRIES tries at the latest."""
    backoff = Backoff(first=0.2)
    for _ in range(_TRIES - 1):
        with suppress(DependencyUnavailable):
            return await get()
        await asyncio.sleep(backoff.next_delay())
    return await get()


class UnexpectedAnswer(Exception):  # noqa: N818 - says what it is
    """A peer refused what should have been right, or answered what is no such resource.

    A bug, versions too far apart, or keys that do not match: waiting does not help.
    """
