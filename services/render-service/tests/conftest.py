"""Fixtures: the app on a real database and a real broker protocol."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from contracts.render import RenderProfile
from devstack import testing
from tests.support import Workshop


@pytest.fixture(scope="session")
def settings(postgres: str, broker: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=broker,
        storage_url=f"file://{tmp_path_factory.mktemp('storage')}",
        render_profile=RenderProfile.DRAFT,
        role=Role.API,
    )
    return testing.migrated(settings, ROOT)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service, without its consumer and its worker: tests do their work."""
    async with testing.running(build(settings)) as app:
        yield app


@pytest.fixture
def workshop(app: FastAPI, database: Database) -> Workshop:
    return Workshop(database, app.state.jobs, app.state.storage)
