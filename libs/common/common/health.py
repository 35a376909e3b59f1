"""Liveness and readiness. The broker is no part of readiness: the outbox bridges its outage."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import literal, select, text

from common.db import Database
from common.errors import AppError
from common.migrations import Revisions
from common.statements import prepare

_CHECK_TIMEOUT_S = 2.0
_ALIVE = prepare(select(literal(1)))
_REVISION = prepare(text("SELECT version_num FROM alembic_version"))

Check = Callable[[], Awaitable[str]]


class Health(BaseModel):
    """The process is alive."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether requests can be served, and what each check says: `ok`, or what is wrong."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, str]


def health_router(checks: Mapping[str, Check]) -> APIRouter:
    """`/healthz` and `/readyz`."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def healthz() -> Health:
        """Alive: touches nothing."""
        return Health()

    @router.get("/readyz", responses={503: {"model": Readiness}})
    async def readyz(response: Response) -> Readiness:
        """Ready to serve: 503 names the check that fails."""
        results = await asyncio.gather(*(_result(check) for check in checks.values()))
        readiness = dict(zip(checks, results, strict=True))
        if all(result == "ok" for result in results):
            return Readiness(status="ready", checks=readiness)
        response.status_code = 503
        return Readiness(status="not_ready", checks=readiness)

    return router


def database_checks(database: Database, revisions: Revisions) -> Mapping[str, Check]:
    """The database answers, and its schema has what this code needs."""

    async def answers() -> str:
        async with database.connection() as queries:
            await queries.one(_ALIVE)
        return "ok"

    async def migrated() -> str:
        async with database.connection() as queries:
            row = await queries.one(_REVISION)
        return revisions.lacking(row["version_num"] if row else None) or "ok"

    return {"database": answers, "migrations": migrated}


async def _result(check: Check) -> str:
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            return await check()
    except TimeoutError:
        return f"no answer within {_CHECK_TIMEOUT_S:.0f} s"
    except AppError as error:
        return error.detail
    except Exception as error:  # noqa: BLE001 - whatever it is, it means not ready
        return type(error).__name__
