"""Fixtures: the app on a real database, with its worker's work in the tests' hands."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.integrations.probe import ChildProbe
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from devstack import testing
from tests.support import Bench, Recordings


@pytest.fixture(scope="session")
def settings(postgres: str, nobody: str) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=nobody,
        role=Role.API,
    )
    return testing.migrated(settings, ROOT)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service, without its worker: tests do its work."""
    async with testing.running(build(settings)) as app:
        yield app


@pytest.fixture
async def database(app: FastAPI) -> Database:
    """The service's database, empty."""
    return await testing.empty(app)


@pytest.fixture
async def client(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A caller with the right key, and an empty database behind the service."""
    async with testing.caller(app) as client:
        yield client


@pytest.fixture(scope="session")
async def probe() -> AsyncIterator[ChildProbe]:
    probe = ChildProbe(count=1)
    yield probe
    await probe.close()


@pytest.fixture
def bench(app: FastAPI, database: Database, probe: ChildProbe) -> Bench:
    return Bench(database, app.state.jobs, probe)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    """Real media files."""
    return Recordings.made_in(Path(tmp_path_factory.mktemp("recordings")))
