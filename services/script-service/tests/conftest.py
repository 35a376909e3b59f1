"""Fixtures: the app on a real database, with peers that answer from memory."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from app.core.config import Settings
from app.main import ROOT, build
from common.config import Role
from devstack import testing
from devstack.fakes.openai import FakeOpenAI
from tests.live import Live
from tests.peers import Peers


@pytest.fixture(scope="session")
def settings(postgres: str, nobody: str) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=nobody,  # a dead broker fails no request
        role=Role.API,
    )
    return testing.migrated(settings, ROOT)


@pytest.fixture
def peers() -> Peers:
    return Peers()


@pytest.fixture
async def app(settings: Settings, peers: Peers) -> AsyncIterator[FastAPI]:
    """The running service, without its consumer."""
    async with testing.running(build(settings, network=peers.transport)) as app:
        yield app


@pytest.fixture
def live(settings: Settings, peers: Peers, fake_openai: FakeOpenAI, openai_url: str) -> Live:
    """The service with OpenAI as its writer."""
    return Live(settings, peers, fake_openai, openai_url)
