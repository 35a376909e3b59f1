"""`Idempotency-Key`: a POST that is sent again gets the first answer, and happens once.

- Scope: the method, the path and the idempotency key; not the API key, so that a retry is one
  while keys rotate.
- The same key with another body or query is refused (422); while the first is in flight, 409.
- Answers below 500 are kept for 24 h, refusals too; a 5xx frees the key.
- A key in flight is locked for 60 s at a time, renewed while its process lives, so that one left
  by a dead process frees itself; so does one whose answer could not be kept.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy import Interval, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from starlette.exceptions import HTTPException

from common.db import Database
from common.errors import AppError, DependencyUnavailable, Unprocessable, WorkflowError
from common.models import IdempotencyRow
from common.problems import problem_for
from common.statements import prepare

logger = structlog.get_logger(__name__)

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
LOCK = timedelta(seconds=60)
RETENTION = timedelta(hours=24)
_MAX_KEY_CHARS = 255
_KEPT_HEADERS = ("content-type", "location", "etag", "retry-after")

#: How OpenAPI describes the header.
HEADER_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Sent again with the same key and body, the request gets the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": _MAX_KEY_CHARS},
}

_ROW = IdempotencyRow
_OURS = (_ROW.scope_hash == bindparam("scope"), _ROW.owner == bindparam("our_owner"))
_free = or_(
    _ROW.expires_at <= func.now(),
    (_ROW.status.is_(None)) & (_ROW.locked_until <= func.now()),
)
_taken = insert(_ROW).values(
    scope_hash=bindparam("scope"),
    fingerprint=bindparam("fingerprint"),
    owner=bindparam("owner"),
    locked_until=func.now() + bindparam("lock", type_=Interval),
    expires_at=func.now() + bindparam("retention", type_=Interval),
)
_TAKE = prepare(
    _taken.on_conflict_do_update(
        index_elements=[_ROW.scope_hash],
        set_={
            "fingerprint": _taken.excluded.fingerprint,
            "owner": _taken.excluded.owner,
            "locked_until": _taken.excluded.locked_until,
            "expires_at": _taken.excluded.expires_at,
            "status": None,
            "headers": None,
            "body": None,
        },
        where=_free,
    )
)
_READ = prepare(
    select(_ROW.fingerprint, _ROW.status, _ROW.headers, _ROW.body).where(
        _ROW.scope_hash == bindparam("scope")
    )
)
_RENEW = prepare(
    update(_ROW).where(*_OURS).values(locked_until=func.now() + bindparam("lock", type_=Interval))
)
_KEEP = prepare(update(_ROW).where(*_OURS), ["status", "headers", "body"])
_FREE_UNANSWERED = prepare(delete(_ROW).where(*_OURS, _ROW.status.is_(None)))

Produce = Callable[[], Awaitable[Response]]


def json_fingerprint(body: bytes, query: str) -> str:
    """What makes two JSON requests the same: the parsed body and the query, in any order.

    A body that is not JSON, or too deeply nested to be read, counts by its bytes.
    """
    try:
        canonical = json.dumps(json.loads(body or b"null"), sort_keys=True)
    except (ValueError, RecursionError):
        canonical = sha256(body).hexdigest()
    return sha256(f"{canonical}\n{'&'.join(sorted(query.split('&')))}".encode()).hexdigest()


class Idempotency:
    """The answers that one service keeps."""

    def __init__(self, database: Database, *, lock: timedelta = LOCK) -> None:
        self._database = database
        self._lock = lock

    async def run(self, request: Request, fingerprint: str, produce: Produce) -> Response:
        """The first answer to this request: `produce`'s, or the one that is kept.

        Refusals that `produce` raises are answers, kept like any other. Without the header, just
        `produce`'s. Raises Unprocessable `idempotency_key_reused` and WorkflowError
        `idempotency_key_in_flight`.
        """
        key = request.headers.get(HEADER)
        if key is None:
            return await produce()
        scope = _scope(request, key)
        owner = uuid4()
        if not await self._take(scope, fingerprint, owner):
            return await self._first_answer(scope, fingerprint)
        async with self._locked(scope, owner):
            try:
                response = await _answered(produce, request)
            except Exception:
                await self._free(scope, owner)
                raise
            if response.status_code < 500:
                await self._keep(scope, owner, response)
            else:
                await self._free(scope, owner)
        return response

    async def _take(self, scope: str, fingerprint: str, owner: UUID) -> bool:
        async with self._database.connection() as queries:
            taken = await queries.run(
                _TAKE,
                scope=scope,
                fingerprint=fingerprint,
                owner=owner,
                lock=self._lock,
                retention=RETENTION,
            )
        return taken == 1

    async def _first_answer(self, scope: str, fingerprint: str) -> Response:
        async with self._database.connection() as queries:
            row = await queries.one(_READ, scope=scope)
        if row is not None and row["fingerprint"] != fingerprint:
            raise Unprocessable(
                f"this {HEADER} came with another request before: use a new one",
                code="idempotency_key_reused",
            )
        if row is None or row["status"] is None:
            raise WorkflowError(
                f"the first request with this {HEADER} is still being answered",
                code="idempotency_key_in_flight",
                headers={"Retry-After": "1"},
            )
        headers = {**row["headers"], REPLAYED_HEADER: "true"}
        return Response(row["body"], row["status"], headers)

    @asynccontextmanager
    async def _locked(self, scope: str, owner: UUID) -> AsyncIterator[None]:
        """Renews the lock during the block."""
        renewal = asyncio.create_task(self._renew(scope, owner))
        try:
            yield
        finally:
            renewal.cancel()
            await asyncio.wait({renewal})

    async def _renew(self, scope: str, owner: UUID) -> None:
        while True:
            await asyncio.sleep(self._lock.total_seconds() / 3)
            try:
                async with self._database.connection() as queries:
                    await queries.run(_RENEW, scope=scope, our_owner=owner, lock=self._lock)
            except DependencyUnavailable as error:
                logger.warning("idempotency_lock_not_renewed", reason=error.detail)

    async def _keep(self, scope: str, owner: UUID, response: Response) -> None:
        """Keeps the answer. When the database is away now, what was done stays done: it is
        answered, and the key stays locked until its lock runs out.
        """
        headers = {k: v for k, v in response.headers.items() if k in _KEPT_HEADERS}
        try:
            async with self._database.connection() as queries:
                await queries.run(
                    _KEEP,
                    scope=scope,
                    our_owner=owner,
                    status=response.status_code,
                    headers=headers,
                    body=bytes(response.body),
                )
        except DependencyUnavailable as error:
            logger.warning("idempotent_answer_not_kept", reason=error.detail)

    async def _free(self, scope: str, owner: UUID) -> None:
        with contextlib.suppress(DependencyUnavailable):  # then the lock runs out
            async with self._database.connection() as queries:
                await queries.run(_FREE_UNANSWERED, scope=scope, our_owner=owner)


class IdempotentRoute(APIRoute):
    """A route whose POSTs honour `Idempotency-Key`; for bodies of JSON, or none."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if "POST" in (options.get("methods") or ()):
            extra = options.get("openapi_extra") or {}
            options["openapi_extra"] = {**extra, "parameters": [HEADER_PARAMETER]}
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's hook: wraps the handler of the endpoint."""
        handler = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handler

        async def idempotent(request: Request) -> Response:
            if HEADER not in request.headers:
                return await handler(request)
            store: Idempotency = request.app.state.idempotency
            fingerprint = json_fingerprint(await request.body(), request.url.query)
            return await store.run(request, fingerprint, lambda: handler(request))

        return idempotent


async def _answered(produce: Produce, request: Request) -> Response:
    """What `produce` answers, its refusals included, so that they can be kept."""
    try:
        return await produce()
    except (AppError, RequestValidationError, HTTPException) as refusal:
        return problem_for(refusal, request.url.path)


def _scope(request: Request, key: str) -> str:
    if not (1 <= len(key) <= _MAX_KEY_CHARS and key.isascii() and key.isprintable()):
        raise Unprocessable(
            f"{HEADER} takes 1 to {_MAX_KEY_CHARS} printable ASCII characters",
            code="validation_error",
        )
    return sha256(f"{request.method}\n{request.url.path}\n{key}".encode()).hexdigest()
