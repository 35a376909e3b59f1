"""Fixtures of the tests of common, upon `postgres` and `broker` of devstack's plugin."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import NullPool, create_engine, text

from common.config import Role, ServiceSettings
from common.db import Database
from common.migrations import create_database, database_url
from common.models import Base
from devstack import testing
from devstack.postgres import running_postgres
from tests.shop import main as shop
from tests.support import DatabaseGate, FreezableBroker, FreezablePostgres, Topics

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


@pytest.fixture
def freezable_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FreezablePostgres]:
    """A PostgreSQL server of the test's own, which it may freeze."""
    with running_postgres(tmp_path_factory.mktemp("postgres") / "data") as server:
        freezable = FreezablePostgres(server)
        yield freezable
        freezable.thaw()


@pytest.fixture(scope="session")
def shop_settings(postgres: str, nobody: str) -> shop.Settings:
    settings = shop.Settings(
        postgres_host=postgres,
        postgres_port=5432,
        kafka_bootstrap_servers=nobody,
        api_key="a-new-key,an-old-key",
        role=Role.API,
    )
    return testing.migrated(settings, shop.ROOT)


@pytest.fixture(scope="session")
async def app(shop_settings: shop.Settings) -> AsyncIterator[FastAPI]:
    async with testing.running(shop.build(shop_settings)) as app:
        yield app


@pytest.fixture
async def shop_database(app: FastAPI) -> Database:
    return await testing.empty(app)


@pytest.fixture
async def client(app: FastAPI, shop_database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with testing.caller(app, key="a-new-key") as client:
        yield client


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A caller without a key."""
    async with testing.caller(app) as client:
        del client.headers["X-API-Key"]
        yield client
