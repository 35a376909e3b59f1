import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from devstack.parts import Part, PartFailed
from devstack.postgres import PostgresFailed, PostgresServer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def connect(port: int) -> psycopg.Connection:
    return psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "postgres"


def test_what_was_written_is_there_after_the_server_starts_again(data: Path) -> None:
    port = free_port()
    server = PostgresServer.start(data, port=port)
    with connect(port) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    again = PostgresServer.start(data, port=port)
    with connect(port) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    again.stop()
    assert again.process.poll() is not None


def test_a_folder_in_use_is_refused_with_the_server_s_own_reason(data: Path) -> None:
    server = PostgresServer.start(data, port=free_port())
    with pytest.raises(PostgresFailed, match="lock file"):
        PostgresServer.start(data, port=free_port())
    server.stop()


def test_a_part_ends_when_its_launcher_is_killed(data: Path) -> None:
    port = free_port()
    launcher = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from devstack.parts import Part;"
            f"part = Part('devstack.postgres', {str(data)!r}, '{port}');"
            "print(part.said(30), part.pid, flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    with launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline().startswith("ready")
        launcher.kill()
    assert _ready_at_last(data, port)


def _ready_at_last(data: Path, port: int) -> bool:
    """The folder is free once the first server is gone; until then it is refused."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        part = Part("devstack.postgres", str(data), str(port))
        try:
            return part.said(30) == "ready"
        except PartFailed:
            continue
        finally:
            part.stop()
    return False
