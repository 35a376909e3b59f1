"""Fixtures: the app on a real database, with its worker's work in the tests' hands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.integrations.audio import ChildEar
from app.integrations.probe import ChildProbe
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from devstack import testing
from devstack.fakes.openai import FakeOpenAI
from tests.live import Live
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


@pytest.fixture(scope="session")
async def probe() -> AsyncIterator[ChildProbe]:
    probe = ChildProbe(count=1)
    yield probe
    await probe.close()


@pytest.fixture(scope="session")
async def ear() -> AsyncIterator[ChildEar]:
    """Cuts pieces of at most 4 s, so that short recordings have several."""
    ear = ChildEar(count=1, longest_piece_s=4.0)
    yield ear
    await ear.close()


@pytest.fixture
def bench(app: FastAPI, database: Database, probe: ChildProbe) -> Bench:
    return Bench(database, app.state.jobs, probe)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Recordings:
    """Real media files."""
    return Recordings.made_in(Path(tmp_path_factory.mktemp("recordings")))


@pytest.fixture
def live(bench: Bench, ear: ChildEar, fake_openai: FakeOpenAI, openai_url: str) -> Live:
    """Transcribing with OpenAI."""
    return Live(bench, ear, fake_openai, openai_url)
