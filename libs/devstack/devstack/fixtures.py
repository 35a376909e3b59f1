"""The pytest plugin of the workspace: a real PostgreSQL, a real broker protocol, a caller.

A service's own `conftest.py` has `app`, the running service; `database` and `client` are of it.

It is found by its entry point, so that `python -m pytest tests` works in any service's folder.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

    from common.config import ServiceSettings
    from common.db import Database
    from devstack.fakes.openai import FakeOpenAI
    from devstack.fakes.runway import FakeRunway
    from devstack.fakes.s3 import FakeS3
    from devstack.testing import Refusal


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The host to name to reach a PostgreSQL server: the folder of its socket (port 5432).

    Its path is short, which pytest's own temporary folders are not: a socket's may have 107 bytes.
    """
    from devstack.postgres import running_postgres  # noqa: PLC0415 - most test runs need none

    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    with running_postgres(folder / "data") as server:
        yield server.host
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """The bootstrap address of a broker in memory."""
    from devstack.broker import running_broker  # noqa: PLC0415 - most test runs need none

    with running_broker() as address:
        yield address


@pytest.fixture(scope="session")
def nobody() -> str:
    """An address that nothing listens on: with it for a broker, events stay in the outbox."""
    return "127.0.0.1:1"


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Refusal":
    """What a process says that is started with bad settings, given with their type: one line."""
    from common.config import EXIT_BAD_SETTING, load_settings  # noqa: PLC0415 - likewise

    def said(settings_type: "type[ServiceSettings]", **environment: str) -> str:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit, check=lambda end: end.code == EXIT_BAD_SETTING):
            load_settings(settings_type)
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return said


@pytest.fixture
async def database(app: "FastAPI") -> "Database":
    """The service's database, empty."""
    from devstack import testing  # noqa: PLC0415 - most test runs need none

    return await testing.empty(app)


@pytest.fixture
async def client(
    app: "FastAPI", database: "Database"  # noqa: ARG001 - is emptied first
) -> AsyncIterator["httpx.AsyncClient"]:
    """A caller with the right key, and an empty database behind the service."""
    from devstack import testing  # noqa: PLC0415 - most test runs need none

    async with testing.caller(app) as client:
        yield client


@pytest.fixture(scope="session")
def _openai() -> Iterator[tuple["FakeOpenAI", str]]:
    from devstack.fakes.openai import FakeOpenAI  # noqa: PLC0415 - most test runs need none
    from devstack.fakes.serving import serving  # noqa: PLC0415 - likewise

    fake = FakeOpenAI()
    with serving(fake) as url:
        yield fake, f"{url}/v1"


@pytest.fixture
def fake_openai(_openai: tuple["FakeOpenAI", str]) -> "FakeOpenAI":
    """A fake OpenAI that has been asked nothing yet."""
    fake, _ = _openai
    fake.reset()
    return fake


@pytest.fixture(scope="session")
def openai_url(_openai: tuple["FakeOpenAI", str]) -> str:
    """Its base URL, for OPENAI_BASE_URL."""
    return _openai[1]


@pytest.fixture(scope="session")
def _s3() -> Iterator["FakeS3"]:
    from devstack.fakes.s3 import running_s3  # noqa: PLC0415 - most test runs need none

    with running_s3() as server:
        yield server


@pytest.fixture
def s3(_s3: "FakeS3", monkeypatch: pytest.MonkeyPatch) -> "FakeS3":
    """An empty S3 that `Storage.at("s3://…")` finds in the environment."""
    _s3.reset()
    for name, value in _s3.environment.items():
        monkeypatch.setenv(name, value)
    return _s3


@pytest.fixture
def fake_runway() -> "FakeRunway":
    """A fake Runway that takes any key."""
    from devstack.fakes.runway import FakeRunway  # noqa: PLC0415 - most test runs need none

    return FakeRunway()


@pytest.fixture
def runway_url(fake_runway: "FakeRunway") -> Iterator[str]:
    """Its address, for RUNWAYML_BASE_URL."""
    from devstack.fakes.serving import serving  # noqa: PLC0415 - most test runs need none

    with serving(fake_runway) as url:
        yield url
