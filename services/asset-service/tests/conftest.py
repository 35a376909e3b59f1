"""Fixtures: the app on a real database and a folder of files; its jobs in the tests' hands."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from common.ids import new_id
from devstack import testing
from tests.media import Recordings
from tests.support import Agency


@pytest.fixture(scope="session")
def asset_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("assets")


@pytest.fixture(scope="session")
def settings(postgres: str, nobody: str, asset_root: Path) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=nobody,
        storage_url=f"file://{asset_root}",
        max_upload_mb=2,
        max_image_megapixels=2,
        role=Role.API,
    )
    return testing.migrated(settings, ROOT)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service, without its worker: tests do its work."""
    async with testing.running(build(settings)) as app:
        yield app


@pytest.fixture
def agency(client: httpx.AsyncClient, app: FastAPI, database: Database, asset_root: Path) -> Agency:
    for file in asset_root.glob("*/*"):
        file.unlink()
    return Agency(client, database, app.state.storage, asset_root, str(new_id()))


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    return Recordings.made_in(tmp_path_factory.mktemp("recordings"))
