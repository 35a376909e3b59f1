"""Running a fake provider: in a thread of a test, or as a process of its own."""

import argparse
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_START_LIMIT_S = 10.0


@contextmanager
def serving(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Serves the app on a port of the loopback interface, 0 for a free one; its base URL."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port_of(server)}"
    finally:
        server.should_exit = True
        server.force_exit = True  # a request that sleeps must not hold up the test
        thread.join()


def serve_from_command_line(app: ASGIApp, description: str) -> None:
    """Serves the app until Ctrl-C or SIGTERM, where the arguments say."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning", lifespan="off")


def _port_of(server: uvicorn.Server) -> int:
    deadline = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < deadline:
        if server.started:
            port: int = server.servers[0].sockets[0].getsockname()[1]
            return port
        time.sleep(0.005)
    raise TimeoutError(f"the fake provider did not start within {_START_LIMIT_S:.0f} s")
