"""Schema migrations: Alembic per service, one process at a time.

`python -m app.main migrate` in a service's folder brings its database up to date, creating the
database first where the role may. An advisory lock makes replicas that start together take turns.
A service's `alembic/env.py` calls `run_env`.
"""

import sys
from pathlib import Path

import psycopg
from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import URL, Connection, MetaData, NullPool, create_engine, text

from common.config import ServiceSettings

_LOCK = 0x6D696772617465  # "migrate" in ASCII; advisory locks are per database
_CONNECT_TIMEOUT_S = 10


def alembic_config(service_root: Path) -> Config:
    """Alembic's settings for the service in this folder."""
    config = Config()
    config.set_main_option("script_location", str(service_root / "alembic").replace("%", "%%"))
    return config


def head_revision(service_root: Path) -> str:
    """The revision that the code in this folder was written for."""
    head = ScriptDirectory.from_config(alembic_config(service_root)).get_current_head()
    if head is None:
        raise LookupError(f"{service_root} has no migrations")
    return head


def database_url(settings: ServiceSettings) -> URL:
    """Where the service's database is."""
    return URL.create(
        "postgresql+psycopg",
        username=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        host=settings.postgres_host,
        port=settings.postgres_port,
        database=settings.postgres_db,
    )


def upgrade(settings: ServiceSettings, service_root: Path) -> None:
    """Brings the service's database to the head revision; safe to run at any time, by many."""
    engine = create_engine(
        database_url(settings),
        poolclass=NullPool,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
    )
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
        connection.commit()
        config = alembic_config(service_root)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    engine.dispose()


def create_database(settings: ServiceSettings) -> None:
    """Creates the service's database unless it is there."""
    with psycopg.connect(
        host=settings.postgres_host,
        port=settings.postgres_port,
        user=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        dbname="postgres",
        connect_timeout=_CONNECT_TIMEOUT_S,
        autocommit=True,
    ) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [settings.postgres_db]
        ).fetchone()
        if known is None:
            name = sql.Identifier(settings.postgres_db)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def run_env(metadata: MetaData) -> None:
    """What every `alembic/env.py` does: migrate over the connection that `upgrade` holds."""
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is None:
        sys.exit("run migrations with: python -m app.main migrate")
    context.configure(connection=connection, target_metadata=metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
