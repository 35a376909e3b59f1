"""What the tests of every service do: a migrated database, an empty one, a caller with the key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from common.config import SettingsT
from common.db import Database
from common.migrations import create_database, upgrade
from common.models import Base


def migrated(settings: SettingsT, service_root: Path) -> SettingsT:
    """The settings, once their database is there and at the newest revision."""
    create_database(settings)
    upgrade(settings, service_root)
    return settings


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[FastAPI]:
    """The app between its start and its end."""
    async with app.router.lifespan_context(app):
        yield app


async def empty(app: FastAPI) -> Database:
    """The app's database with nothing in any of its tables."""
    database: Database = app.state.database
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    async with database.transaction() as tx:
        await tx.run(text(f"TRUNCATE {tables} CASCADE"))
    return database


def caller(app: FastAPI, *, key: str = "dev-api-key") -> httpx.AsyncClient:
    """A client of the app that knows the key; unforeseen failures are answered, as in real life."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://service",
        headers={"X-API-Key": key},
    )
