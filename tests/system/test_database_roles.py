"""The roles that `scripts/init-databases.sql` makes: what a service may do to the databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from devstack.postgres import BINARIES

ROOT = Path(__file__).parents[2]
NAMES = ("poi", "asset", "script", "transcription", "render")
PASSWORDS = {"OWNER_DB_PASSWORD": "o'wner"} | {f"{n.upper()}_DB_PASSWORD": n for n in NAMES}


SCRIPT = (ROOT / "scripts" / "init-databases.sql").read_text()


def init_databases(postgres: str, script: str = SCRIPT) -> None:
    subprocess.run(
        [BINARIES / "psql", "--quiet", "--no-psqlrc"],
        input=script,
        text=True,
        env=os.environ | PASSWORDS | {"PGHOST": postgres, "PGUSER": "postgres"},
        check=True,
        timeout=30,
    )


def migrate(postgres: str, name: str) -> None:
    server = {"POSTGRES_HOST": postgres, "POSTGRES_PORT": "5432"}
    owner = {
        "POSTGRES_USER": f"{name}_owner",
        "POSTGRES_PASSWORD": PASSWORDS["OWNER_DB_PASSWORD"],
    }
    subprocess.run(
        [sys.executable, "-m", "app.main", "migrate"],
        cwd=ROOT / "services" / f"{name}-service",
        env=os.environ | server | owner,
        check=True,
        timeout=30,
    )


def connect(postgres: str, database: str, role: str) -> psycopg.Connection:
    return psycopg.connect(host=postgres, dbname=database, user=role, autocommit=True)


@pytest.fixture(scope="module")
def initialised(postgres: str) -> str:
    """A server with the five databases and their roles; the migrations of two services have run."""
    init_databases(postgres)
    migrate(postgres, "poi")
    migrate(postgres, "render")
    return postgres


@pytest.fixture
def service(initialised: str) -> Iterator[psycopg.Connection]:
    """What poi-service is connected with."""
    with connect(initialised, "poi_service", "poi_app") as connection:
        yield connection


def test_a_service_reads_and_writes_what_the_migrations_of_the_owner_created(
    service: psycopg.Connection,
) -> None:
    added = "INSERT INTO inbox (consumer_group, event_id) VALUES ('g', gen_random_uuid())"
    assert service.execute(added).rowcount == 1
    assert service.execute("UPDATE inbox SET handled_at = now()").rowcount == 1
    assert service.execute("SELECT consumer_group FROM inbox FOR UPDATE").fetchone() == ("g",)
    assert service.execute("DELETE FROM inbox").rowcount == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "ALTER TABLE outbox DROP COLUMN value",
        "DROP TABLE outbox",
        "TRUNCATE outbox",
        "CREATE ROLE another",
        "CREATE DATABASE another",
    ],
)
def test_a_service_changes_no_schema_and_makes_no_roles(
    service: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        service.execute(statement.encode())


@pytest.mark.parametrize("role", ["poi_app", "poi_owner"])
def test_one_service_cannot_open_the_database_of_another(initialised: str, role: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connect(initialised, "render_service", role)


def test_what_later_migrations_create_is_the_services_to_use_too(initialised: str) -> None:
    with connect(initialised, "poi_service", "poi_owner") as owner:
        owner.execute("CREATE TABLE later (id bigserial PRIMARY KEY)")

    with connect(initialised, "poi_service", "poi_app") as service:
        assert service.execute("INSERT INTO later DEFAULT VALUES").rowcount == 1


def test_no_migration_gets_in_before_the_privileges_of_its_service_are_set(postgres: str) -> None:
    beginning, *_ = SCRIPT.replace("('poi')", "('early')").split("\\connect")
    init_databases(postgres, beginning)

    for role in ("early_owner", "early_app"):
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            connect(postgres, "early_service", role)


def test_the_databases_may_be_initialised_again(initialised: str) -> None:
    init_databases(initialised)

    with connect(initialised, "poi_service", "poi_app") as service:
        assert service.execute("SELECT version_num FROM alembic_version").fetchone() is not None
