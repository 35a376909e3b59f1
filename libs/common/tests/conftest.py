"""Fixtures of the tests of common, upon `postgres` and `broker` of devstack's plugin."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from sqlalchemy import NullPool, create_engine, text

from common.config import ServiceSettings
from common.db import Database
from common.migrations import create_database, database_url
from common.models import Base
from tests.support import DatabaseGate, FreezableBroker, Topics

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
def topics(broker: str) -> Topics:
    return Topics(broker)


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


@pytest.fixture
def freezable() -> Iterator[FreezableBroker]:
    """A broker of the test's own, which it may freeze."""
    broker = FreezableBroker()
    yield broker
    broker.end()
