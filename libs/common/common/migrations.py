"""Schema migrations: Alembic per service, one process at a time.

`python -m app.main migrate` in a service's folder brings its database up to date, creating the
database first where the role may. An advisory lock makes replicas that start together take turns.
`python -m app.main wait-migrated` ends once that is done, by whomever: what is started before it
is held back by it. A service's `alembic/env.py` calls `run_env`.

Migrations only add, so a database that a later release has migrated serves this one as well: the
instances that a rolling update has not replaced yet, and those that a rollback brings back.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import structlog
from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import URL, Connection, MetaData, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from common.config import ServiceSettings

logger = structlog.get_logger(__name__)

_LOCK = 0x6D696772617465  # "migrate" in ASCII; advisory locks are per database
_CONNECT_TIMEOUT_S = 10
_LOOK_AGAIN_S = 1.0
_SAY_AGAIN_S = 30.0
_REVISION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True)
class Revisions:
    """What the code of a service knows: every revision, and `head`, which it was written for."""

    head: str
    known: frozenset[str]

    @classmethod
    def of(cls, service_root: Path) -> "Revisions":
        """The revisions in this folder."""
        scripts = ScriptDirectory.from_config(alembic_config(service_root))
        head = scripts.get_current_head()
        if head is None:
            raise LookupError(f"{service_root} has no migrations")
        return cls(head, frozenset(script.revision for script in scripts.walk_revisions()))

    def lacking(self, found: str | None) -> str | None:
        """What a database at this revision lacks for the code; None when nothing."""
        if found is None:
            return f"not migrated yet, needs {self.head}"
        if found == self.head or self.is_later(found):
            return None
        return f"at revision {found}, needs {self.head}"

    def is_later(self, found: str | None) -> bool:
        """Whether a later release has migrated the database."""
        return found is not None and found not in self.known


def alembic_config(service_root: Path) -> Config:
    """Alembic's settings for the service in this folder."""
    config = Config()
    config.set_main_option("script_location", str(service_root / "alembic").replace("%", "%%"))
    return config


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


class CannotMigrate(Exception):  # noqa: N818 - says what happened
    """The server cannot be reached, or forbids it; says in one line what a person can do."""


def migrate(settings: ServiceSettings, service_root: Path, *, patience_s: float = 60.0) -> None:
    """Waits for the server, creates the database where it is missing, and brings it up to date.

    Raises CannotMigrate.
    """
    try:
        wait_for_server(settings, patience_s)
        create_database(settings)
        upgrade(settings, service_root)
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            advice = (
                f"POSTGRES_USER={settings.postgres_user} may not create {settings.postgres_db}, or"
                " change its schema: migrate as a role that may"
            )
        elif isinstance(cause, psycopg.OperationalError):
            advice = (
                "see that PostgreSQL runs, and that POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER"
                " and POSTGRES_PASSWORD are its own"
            )
        else:
            raise
        raise CannotMigrate(f"{_one_line(cause)}; {advice}") from error


def upgrade(settings: ServiceSettings, service_root: Path) -> None:
    """Brings the service's database to the head revision; safe to run at any time, by many.

    A database that a later release has migrated is left as it is.
    """
    engine = create_engine(
        database_url(settings),
        poolclass=NullPool,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
    )
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
        connection.commit()
        found = MigrationContext.configure(connection).get_current_revision()
        connection.commit()
        if Revisions.of(service_root).is_later(found):
            logger.info("migrated_by_a_later_release", revision=found)
        else:
            config = alembic_config(service_root)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    engine.dispose()


def wait_until_migrated(settings: ServiceSettings, service_root: Path) -> None:
    """Returns once the database has what this code needs; says now and then what it waits for."""
    revisions = Revisions.of(service_root)
    said, said_at = "", 0.0
    while (lack := _lack(settings, revisions)) is not None:
        if lack != said or time.monotonic() - said_at > _SAY_AGAIN_S:
            logger.info("waiting_for_migrations", database=settings.postgres_db, reason=lack)
            said, said_at = lack, time.monotonic()
        time.sleep(_LOOK_AGAIN_S)


def _lack(settings: ServiceSettings, revisions: Revisions) -> str | None:
    """Why the service cannot start on its database yet, None when it can."""
    try:
        with _connect(settings, settings.postgres_db) as connection:
            row = connection.execute(_REVISION).fetchone()
    except psycopg.errors.UndefinedTable:
        row = None
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege) as error:
        return _one_line(error)
    return revisions.lacking(row[0] if row else None)


def _connect(settings: ServiceSettings, database: str) -> psycopg.Connection[tuple[str, ...]]:
    """A connection of its own to a database of the service's server; raises OperationalError."""
    return psycopg.connect(
        host=settings.postgres_host,
        port=settings.postgres_port,
        user=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        dbname=database,
        connect_timeout=_CONNECT_TIMEOUT_S,
        autocommit=True,
    )


def wait_for_server(settings: ServiceSettings, patience_s: float = 60.0) -> None:
    """Returns once the server lets the service's role in.

    What starts together with its database, or before the role is there, waits for it. Raises
    OperationalError when that takes longer than `patience_s`.
    """
    deadline = time.monotonic() + patience_s
    while True:
        try:
            _connect(settings, "postgres").close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise
            logger.info("waiting_for_database", reason=_one_line(error))
            time.sleep(_LOOK_AGAIN_S)
        else:
            return


def _one_line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())


def create_database(settings: ServiceSettings) -> None:
    """Creates the service's database unless it is there; replicas take turns here, too."""
    with _connect(settings, "postgres") as connection:
        connection.execute(sql.SQL("SELECT pg_advisory_lock({})").format(_LOCK))
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
