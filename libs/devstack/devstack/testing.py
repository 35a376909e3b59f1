"""What the tests of every service do: a migrated database, an empty one, a caller with the key."""

import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from alembic import command
from fastapi import FastAPI
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import SAWarning

from common.config import ServiceSettings, SettingsT
from common.db import Database
from common.migrations import alembic_config, create_database, database_url, upgrade
from common.models import Base

#: What a process says that is started with settings of this type in this environment.
Refusal = Callable[..., str]


def migrated(settings: SettingsT, service_root: Path) -> SettingsT:
    """The settings, once their database is there and at the newest revision."""
    create_database(settings)
    upgrade(settings, service_root)
    return settings


def check_migrations(settings: ServiceSettings, service_root: Path) -> None:
    """Fails unless the migrations make the tables that the code is written for."""
    engine = create_engine(database_url(settings), poolclass=NullPool)
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # of indexes that cannot be read back
        config = alembic_config(service_root)
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


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
