"""The process of a service: promise 6 (SIGTERM) and promise 7 (the broker is on nobody's path)."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

import httpx
import pytest

from common.config import EXIT_BAD_SETTING
from devstack import testing
from tests.shop.main import ROOT, Settings
from tests.support import FreezableBroker, FreezablePostgres

pytestmark = pytest.mark.timeout(120)

_START_TIMEOUT_S = 60
COMMAND = [sys.executable, "-m", "tests.shop.main"]


def environment(settings: Settings, **changes: str) -> dict[str, str]:
    return {
        **os.environ,
        "POSTGRES_HOST": settings.postgres_host,
        "POSTGRES_PORT": str(settings.postgres_port),
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "HOST": "127.0.0.1",
        **changes,
    }


def free_port() -> int:
    with socket.socket() as somewhere:
        somewhere.bind(("127.0.0.1", 0))
        return int(somewhere.getsockname()[1])


class Running:
    """A shop in a process of its own."""

    def __init__(self, settings: Settings, broker: str, output: IO[bytes]) -> None:
        port = free_port()
        self.process = subprocess.Popen(
            COMMAND,
            env=environment(settings, PORT=str(port), KAFKA_BOOTSTRAP_SERVERS=broker),
            stdout=output,
            stderr=output,
        )
        self._output = output
        self.client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers={"X-API-Key": "dev-api-key"}
        )

    async def get_ready(self) -> None:
        async with asyncio.timeout(_START_TIMEOUT_S):
            while not await self._is_ready():  # noqa: ASYNC110 - as a probe asks
                await asyncio.sleep(0.05)

    async def _is_ready(self) -> bool:
        try:
            return (await self.client.get("/readyz")).is_success
        except httpx.TransportError:
            return False

    def said(self) -> str:
        """All it wrote."""
        self._output.seek(0)
        return self._output.read().decode()

    async def end(self) -> tuple[int, float]:
        """Asks it to end: its exit status, and how many seconds it took."""
        asked = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(self.process.wait, 40)
        return status, time.monotonic() - asked


@asynccontextmanager
async def a_shop(settings: Settings, broker: str) -> AsyncIterator[Running]:
    with tempfile.TemporaryFile() as output:
        running = Running(settings, broker, output)
        try:
            await running.get_ready()
            yield running
        finally:
            running.process.kill()
            running.process.wait()
            await running.client.aclose()


async def test_sigterm_lets_requests_end_and_exits_0(shop_settings: Settings, nobody: str) -> None:
    async with a_shop(shop_settings, nobody) as running:
        under_way = asyncio.create_task(running.client.get("/slow"))
        await asyncio.wait({under_way}, timeout=0.5)
        status, took_s = await running.end()
        assert (await under_way).json() == "at last"
    assert status == 0
    assert took_s < 15


async def test_sigterm_exits_0_within_half_a_minute_while_the_broker_is_frozen(
    shop_settings: Settings, freezable: FreezableBroker
) -> None:
    async with a_shop(shop_settings, freezable.address) as running:
        assert (await running.client.post("/orders", json={"name": "a"})).is_success
        freezable.freeze()
        assert (await running.client.post("/orders", json={"name": "b"})).is_success
        status, took_s = await running.end()
    assert status == 0
    assert took_s < 30


async def test_sigterm_exits_0_within_half_a_minute_while_the_database_is_frozen(
    shop_settings: Settings, freezable_postgres: FreezablePostgres, nobody: str
) -> None:
    frail = shop_settings.model_copy(update={"postgres_host": freezable_postgres.host})
    testing.migrated(frail, ROOT)
    async with a_shop(frail, nobody) as running:
        assert (await running.client.post("/orders", json={"name": "a"})).is_success
        freezable_postgres.freeze()
        under_way = asyncio.create_task(
            running.client.post("/orders", json={"name": "b"}, timeout=30)
        )
        await asyncio.wait({under_way}, timeout=0.5)
        status, took_s = await running.end()
        cut_off = await under_way
    assert (cut_off.status_code, cut_off.json()["code"]) == (503, "dependency_unavailable")
    assert status == 0
    assert took_s < 30


async def test_what_is_said_on_the_way_is_json_line_by_line(
    shop_settings: Settings, nobody: str
) -> None:
    async with a_shop(shop_settings, nobody) as running:
        await running.client.get("/orders", headers={"X-Correlation-ID": "from-the-request"})
        await running.end()
        output = running.said()
    assert [json.loads(line)["service"] for line in output.splitlines()]
    assert '"correlation_id": "from-the-request"' in output
    assert "dev-api-key" not in output


def test_a_bad_setting_ends_the_process_with_one_line(shop_settings: Settings) -> None:
    done = subprocess.run(
        COMMAND,
        env=environment(shop_settings, APP_ENV="production"),
        capture_output=True,
        text=True,
        check=False,
        timeout=_START_TIMEOUT_S,
    )
    assert done.returncode == EXIT_BAD_SETTING
    (line,) = done.stderr.splitlines()
    assert "API_KEY must not be the development key" in line
