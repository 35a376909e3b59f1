"""Fixtures: the app on a real database; no broker, so its events stay in the outbox."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.main import ROOT, build
from devstack import testing


@pytest.fixture(scope="session")
def settings(postgres: str, nobody: str) -> Settings:
    settings = Settings(postgres_host=postgres, postgres_port=5432, kafka_bootstrap_servers=nobody)
    return testing.migrated(settings, ROOT)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service."""
    async with testing.running(build(settings)) as app:
        yield app
