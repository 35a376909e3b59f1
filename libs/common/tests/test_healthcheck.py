"""The check that a container's health hangs on."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


def healthcheck(port: int) -> tuple[int, str]:
    """Its exit status, and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "common.healthcheck"],
        env=os.environ | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=20,
    )
    return done.returncode, done.stdout.strip()


@contextmanager
def service(status: int, body: bytes) -> Iterator[int]:
    """The port of a service whose `/readyz` answers so."""

    class Readiness(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the test's output."""

    with HTTPServer(("127.0.0.1", 0), Readiness) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_ready_service_is_healthy() -> None:
    with service(200, b'{"status":"ready"}') as port:
        assert healthcheck(port) == (0, '{"status":"ready"}')


def test_a_service_that_is_not_ready_is_unhealthy_and_its_reason_is_shown() -> None:
    with service(503, b'{"checks":{"database":"no answer"}}') as port:
        assert healthcheck(port) == (1, '{"checks":{"database":"no answer"}}')


def test_a_service_that_does_not_answer_is_unhealthy(free_port: int) -> None:
    status, words = healthcheck(free_port)

    assert status == 1
    assert "refused" in words


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return server.server_port
