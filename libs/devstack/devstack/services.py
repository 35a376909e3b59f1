"""The five services, each run in a fork of the launcher, which has imported their libraries.

Importing FastAPI, SQLAlchemy, psycopg and pydantic is most of a service's start; five processes
on two cores would pay for it five times, the launcher pays once.
"""

import importlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devstack.children import die_with_parent

ROOT = Path(__file__).resolve().parents[3]

#: What a service imports of ours and of others: loaded before the first fork.
_SHARED_MODULES = (
    *("devstack.forked", "common.app", "common.http_client", "common.jobs", "common.storage"),
    *("common.content", "common.kafka.consumer", "common.workers", "common.preconditions"),
    *("uvicorn.loops.uvloop", "uvicorn.protocols.http.httptools_impl", "uvicorn.lifespan.on"),
)


@dataclass(frozen=True, slots=True)
class Service:
    """One of the five; `port` is its default (SPEC §2)."""

    name: str
    port: int

    @property
    def folder(self) -> Path:
        """Where its code is."""
        return ROOT / "services" / f"{self.name}-service"


SERVICES = (
    Service("poi", 8001),
    Service("asset", 8002),
    Service("script", 8003),
    Service("transcription", 8004),
    Service("render", 8005),
)


def preload() -> None:
    """Imports what every service imports. No thread may be running afterwards: forks follow."""
    for module in _SHARED_MODULES:
        importlib.import_module(module)


class ServiceProcess:
    """A running service."""

    def __init__(
        self,
        service: Service,
        environment: Mapping[str, str],
        *,
        republish: bool,
        log: Path | None,
    ) -> None:
        """Forks it. `log` takes its output, None leaves it with the launcher's."""
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(service, dict(environment), republish, log), name=service.name
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit status once it has ended, negative for a signal, or None."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int | None:
        """Its exit status, or None when it is still running after `timeout` seconds."""
        self._process.join(timeout)
        return self._process.exitcode

    def terminate(self) -> None:
        """Asks it to end (SIGTERM)."""
        self._process.terminate()

    def kill(self) -> None:
        """Ends it now."""
        self._process.kill()


def _run(service: Service, environment: dict[str, str], republish: bool, log: Path | None) -> None:
    """In the fork."""
    die_with_parent()
    os.setsid()  # a Ctrl-C in the terminal is the launcher's to pass on
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if log is not None:
        _redirect_output(log)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(service.folder)
    sys.path.insert(0, str(service.folder))
    importlib.import_module("devstack.forked").migrate_and_serve(service.name, republish=republish)


def _redirect_output(log: Path) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
