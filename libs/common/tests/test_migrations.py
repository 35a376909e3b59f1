"""Migrations, and the services of other releases that run while a database is migrated."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest

from common.app import Platform, Service, create_app
from common.config import ServiceSettings
from common.ids import new_id
from common.migrations import (
    CannotMigrate,
    create_database,
    migrate,
    upgrade,
    wait_for_server,
    wait_until_migrated,
)
from devstack import testing

_ENV = """
from sqlalchemy import MetaData

from common.migrations import run_env

run_env(MetaData())
"""
_REVISION = """
from alembic import op

revision, down_revision = "{revision}", {down_revision!r}


def upgrade() -> None:
    op.execute("CREATE TABLE of_{revision} ()")
"""
_MAIN = """
from pathlib import Path

from common.config import ServiceSettings
from common.ids import new_id
from common.server import run

run(ServiceSettings, lambda settings: None, Path(__file__).parent)
"""


def release(folder: Path, revisions: int) -> Path:
    """The folder of a service whose release has so many revisions."""
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic" / "env.py").write_text(_ENV)
    (folder / "main.py").write_text(_MAIN)
    for number in range(1, revisions + 1):
        before = f"{number - 1:04}" if number > 1 else None
        revision = _REVISION.format(revision=f"{number:04}", down_revision=before)
        (versions / f"{number:04}.py").write_text(revision)
    return folder


def superuser(settings: ServiceSettings) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=settings.postgres_host, user=settings.postgres_user, dbname="postgres", autocommit=True
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return release(tmp_path / "old", 1)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return release(tmp_path / "new", 2)


@pytest.fixture
def fresh(settings: ServiceSettings) -> Iterator[ServiceSettings]:
    """Settings of a service whose database nobody has migrated."""
    fresh = settings.model_copy(update={"postgres_db": "migrating"})
    create_database(fresh)
    yield fresh
    with superuser(settings) as connection:
        connection.execute("DROP DATABASE migrating WITH (FORCE)")


async def readiness(settings: ServiceSettings, root: Path) -> tuple[int, str]:
    """What `/readyz` of the release in this folder answers: the status, and on migrations."""
    app = create_app(Platform.of(settings), Service(title="test", root=root, routers=[]))
    async with testing.running(app), testing.caller(app) as client:
        answer: httpx.Response = await client.get("/readyz")
    return answer.status_code, answer.json()["checks"]["migrations"]


async def test_a_service_is_not_ready_before_its_migrations(
    fresh: ServiceSettings, old: Path, new: Path
) -> None:
    upgrade(fresh, old)

    assert await readiness(fresh, new) == (503, "at revision 0001, needs 0002")


async def test_a_running_release_stays_ready_when_the_next_one_migrates(
    fresh: ServiceSettings, old: Path, new: Path
) -> None:
    upgrade(fresh, new)

    assert await readiness(fresh, old) == (200, "ok")


async def test_a_release_that_is_rolled_back_to_leaves_the_database_alone(
    fresh: ServiceSettings, old: Path, new: Path
) -> None:
    upgrade(fresh, new)

    upgrade(fresh, old)

    assert await readiness(fresh, new) == (200, "ok")


async def test_waiting_ends_when_the_database_has_been_migrated(
    fresh: ServiceSettings, old: Path, new: Path
) -> None:
    waiting = asyncio.create_task(asyncio.to_thread(wait_until_migrated, fresh, new))
    upgrade(fresh, old)
    done, _ = await asyncio.wait({waiting}, timeout=1.5)
    assert not done, "the first of two revisions is not enough"

    upgrade(fresh, new)

    await asyncio.wait_for(waiting, timeout=10)


async def test_migrating_waits_for_a_role_that_is_yet_to_be_created(
    fresh: ServiceSettings, settings: ServiceSettings
) -> None:
    owner = fresh.model_copy(update={"postgres_user": "late_owner"})
    waiting = asyncio.create_task(asyncio.to_thread(wait_for_server, owner))
    done, _ = await asyncio.wait({waiting}, timeout=1.5)
    assert not done, "there is no such role"

    with superuser(settings) as connection:
        connection.execute("CREATE ROLE late_owner LOGIN")

    await asyncio.wait_for(waiting, timeout=10)
    with superuser(settings) as connection:
        connection.execute("DROP ROLE late_owner")


def test_migrating_does_not_wait_for_ever(fresh: ServiceSettings, old: Path) -> None:
    stranger = fresh.model_copy(update={"postgres_user": "nobody"})

    with pytest.raises(CannotMigrate, match=r'"nobody" does not exist; .*POSTGRES_USER'):
        migrate(stranger, old, patience_s=0)


def test_migrating_says_who_is_not_there(fresh: ServiceSettings, old: Path) -> None:
    elsewhere = fresh.model_copy(update={"postgres_host": "127.0.0.1", "postgres_port": 1})

    with pytest.raises(CannotMigrate, match=r"refused.*POSTGRES_HOST, POSTGRES_PORT"):
        migrate(elsewhere, old, patience_s=0)


@pytest.fixture
def clerk(settings: ServiceSettings) -> Iterator[str]:
    """A role that may log in and no more."""
    with superuser(settings) as connection:
        connection.execute("CREATE ROLE clerk LOGIN")
    yield "clerk"
    with superuser(settings) as connection:
        connection.execute("DROP ROLE clerk")


@pytest.mark.parametrize("database", ["migrating", "missing"])
def test_a_role_that_may_not_migrate_is_told_so_in_one_line(
    fresh: ServiceSettings, clerk: str, old: Path, database: str
) -> None:
    environment = os.environ | {
        "SERVICE_NAME": "test-service",
        "PORT": "8000",
        "POSTGRES_DB": database,
        "POSTGRES_HOST": fresh.postgres_host,
        "POSTGRES_PORT": str(fresh.postgres_port),
        "POSTGRES_USER": clerk,
    }
    command = [sys.executable, str(old / "main.py"), "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("cannot migrate: ")
    assert "permission denied" in line
    assert f"POSTGRES_USER=clerk may not create {database}" in line


def test_replicas_that_start_together_create_and_migrate_a_database_once(
    settings: ServiceSettings, new: Path
) -> None:
    together = settings.model_copy(update={"postgres_db": f"together_{new_id().hex}"})

    def start() -> None:
        create_database(together)
        upgrade(together, new)

    with ThreadPoolExecutor(8) as replicas:
        for replica in [replicas.submit(start) for _ in range(8)]:
            replica.result()


def test_waiting_for_a_server_that_is_down_ends_at_sigterm(old: Path) -> None:
    environment = os.environ | {
        "SERVICE_NAME": "test-service",
        "PORT": "8000",
        "POSTGRES_DB": "migrating",
        "POSTGRES_HOST": str(old),
    }
    command = [sys.executable, str(old / "main.py"), "wait-migrated"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as waiting:
        assert waiting.stdout is not None
        assert "No such file or directory" in waiting.stdout.readline()

        waiting.send_signal(signal.SIGTERM)

        assert waiting.wait(timeout=10) == 128 + signal.SIGTERM
