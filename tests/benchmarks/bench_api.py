"""Requests per second of poi-service, as a share of a bare FastAPI app on the same database.

Targets: 60 % for `GET /pois/{id}` and for `POST /pois`, which also writes its event. Both are
measured by turns, so that a machine whose speed drifts favours neither.

    python tests/benchmarks/bench_api.py [seconds per run]
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from load import Request, put_under_load

from devstack.broker import running_broker
from devstack.postgres import running_postgres

ROOT = Path(__file__).resolve().parents[2]
TARGET = 0.6
ROUNDS = 5
DEFAULT_SECONDS = 3.0
HEADERS = (("X-API-Key", "dev-api-key"),)
BODY = json.dumps({"name": "Villa Méditerranée"}).encode()


@contextmanager
def both_apps(postgres: str, kafka: str) -> Iterator[tuple[str, str]]:
    """The addresses of the bare app and of poi-service."""
    bare, ours = free_port(), free_port()
    service = ROOT / "services" / "poi-service"
    environment = {
        **os.environ,
        "BARE_DSN": f"host={postgres} dbname=poi_service user=postgres",
        "POSTGRES_HOST": postgres,
        "POSTGRES_PORT": "5432",
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
        "HOST": "127.0.0.1",
        "PORT": str(ours),
        "LOG_LEVEL": "WARNING",
    }
    module = [sys.executable, "-m"]
    subprocess.run([*module, "app.main", "migrate"], cwd=service, env=environment, check=True)
    uvicorn = ["uvicorn", "bare_app:app", "--no-access-log", "--log-level", "warning"]
    commands = [
        ([*module, *uvicorn, "--port", str(bare)], Path(__file__).parent),
        ([*module, "app.main"], service),
    ]
    apps = [subprocess.Popen(command, cwd=cwd, env=environment) for command, cwd in commands]
    try:
        addresses = (f"http://127.0.0.1:{bare}", f"http://127.0.0.1:{ours}")
        for address in addresses:
            wait_for(f"{address}/openapi.json")
        yield addresses
    finally:
        for app in apps:
            app.terminate()
        for app in apps:
            app.wait(30)


async def measure(bare: str, ours: str, seconds: float) -> None:
    """Prints the shares, each the median over the rounds."""
    poi_id = created(ours)
    reading = Request("GET", f"/pois/{poi_id}", HEADERS)
    writing = Request("POST", "/pois", HEADERS, BODY)
    for name, request, status in [("GET", reading, 200), ("POST", writing, 201)]:
        figures = {bare: list[float](), ours: list[float]()}
        for _ in range(ROUNDS):
            for address, found in figures.items():
                load = await put_under_load(
                    address, lambda _, r=request: r, seconds=seconds, expected_status=status
                )
                found.append(load.requests_per_s)
        share = median(mine / yardstick for yardstick, mine in zip(*figures.values(), strict=True))
        rates = " against ".join(
            f"{median(found):,.0f}/s" for found in (figures[ours], figures[bare])
        )
        print(f"{name:4} {share:5.0%} of a bare app (target {TARGET:.0%}): {rates}")


def created(address: str) -> str:
    """The id of a new POI."""
    headers = {**dict(HEADERS), "Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/pois", BODY, headers)
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["id"])


def wait_for(url: str) -> None:
    """Returns once something answers there."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """The command line."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_SECONDS
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running_postgres(Path(folder) / "data") as server,
        running_broker() as kafka,
        both_apps(server.host, kafka) as (bare, ours),
    ):
        asyncio.run(measure(bare, ours, seconds))


if __name__ == "__main__":
    main()
