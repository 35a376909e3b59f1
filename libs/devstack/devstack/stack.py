"""The whole platform on one machine: embedded PostgreSQL and broker, and the five services.

What dies is started again, with a line that says so. When the broker dies, what it held is
published again from the outboxes: consumers pass over what they know by its event id.
"""

import http.client
import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from devstack.fakes.settings import FIRST_PORT, LIVE, fakes_at
from devstack.options import StackOptions
from devstack.parts import Part, PartFailed
from devstack.services import SERVICES, Service, ServiceProcess, preload
from devstack.signals import StopSignals

_PART_START_S = 30.0
_SERVICE_START_S = 60.0
_SERVICE_STOP_S = 30.0
_STEADY_S = 5.0
_MOST_PAUSE_S = 10.0


class StackFailed(RuntimeError):  # noqa: N818 - says what happened
    """The stack could not be started; the message says what to do."""


def say(line: str) -> None:
    """Tells the person in front of the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


class Stack:
    """Use it as a context: started at its beginning, gone with all its processes at its end."""

    def __init__(
        self, options: StackOptions, signals: StopSignals, *, logs: Path | None = None
    ) -> None:
        """`logs` is a folder for a log file of each service; None leaves them to the terminal."""
        self._options = options
        self._signals = signals
        self._logs = logs
        self._is_kept = options.data is not None
        self._data = options.data or Path(tempfile.mkdtemp(prefix="poi-video-"))
        self._postgres: Part | None = None
        self._broker: Part | None = None
        self._fakes: Part | None = None
        self._kafka = options.kafka or ""
        self._services: dict[Service, ServiceProcess] = {}
        self._restarts: dict[str, tuple[float, float]] = {}

    def __enter__(self) -> Self:
        """Starts everything; raises StackFailed, and Stopped when a signal comes."""
        try:
            self._start()
        except PartFailed as failure:
            self.stop()
            raise StackFailed(str(failure)) from None
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops everything."""
        self.stop()

    def url(self, name: str) -> str:
        """Where the service of this name answers."""
        port = next(service.port for service in SERVICES if service.name == name)
        return f"http://127.0.0.1:{port + self._options.port_offset}"

    @property
    def _fakes_port(self) -> int:
        return FIRST_PORT + self._options.port_offset

    @property
    def addresses(self) -> str:
        """The line that says where everything is (SPEC §7)."""
        services = " ".join(f"{s.name}={self.url(s.name)}" for s in SERVICES)
        postgres = f"{self._options.postgres_host or '127.0.0.1'}:{self._options.postgres_port}"
        return f"ready {services} kafka={self._kafka} postgres={postgres}"

    def keep(self) -> Path:
        """Leaves databases and files behind when the stack ends; where they are, for DEV_DATA."""
        self._is_kept = True
        return self._data

    def tend(self) -> None:
        """Waits a moment, and starts again what has died; raises Stopped when a signal came."""
        self._signals.pause()
        try:
            self._tend_parts()
        except PartFailed as failure:  # it has died again, and is started again when it is time
            say(str(failure))
        for service, process in self._services.items():
            status = process.poll()
            if status is not None and self._may_restart(f"{service.name}-service", status):
                self._services[service] = self._start_service(service)

    def _tend_parts(self) -> None:
        if self._postgres and self._postgres.poll() is not None and self._may_restart("postgres"):
            self._postgres.stop()
            self._postgres = self._start_postgres()
            self._postgres.said(_PART_START_S)
        if self._broker and self._broker.poll() is not None and self._may_restart("broker"):
            self._restart_broker()
        if self._fakes and self._fakes.poll() is not None and self._may_restart("fake providers"):
            self._fakes.stop()
            self._fakes = self._start_fakes()
            self._fakes.said(_PART_START_S)

    def stop(self) -> None:
        """Ends everything, services first; a second signal ends them at once."""
        self._stop_services()
        for part in (self._broker, self._postgres, self._fakes):
            if part is not None:
                part.stop()
        self._broker = self._postgres = self._fakes = None
        if not self._is_kept:
            shutil.rmtree(self._data, ignore_errors=True)

    def _start(self) -> None:
        self._check_ports()
        try:
            self._data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StackFailed(
                f"DEV_DATA={self._data} cannot be used as a folder: {error.strerror}"
            ) from None
        if self._options.postgres_host is None:
            self._postgres = self._start_postgres()
        if self._options.kafka is None:
            self._broker = Part("devstack.broker")
        if self._options.fake_providers:
            self._fakes = self._start_fakes()
        preload()  # while these start
        if self._postgres is not None:
            self._postgres.said(_PART_START_S)
        if self._broker is not None:
            self._kafka = self._broker.said(_PART_START_S)
        if self._fakes is not None:
            self._fakes.said(_PART_START_S)
        for service in SERVICES:
            self._services[service] = self._start_service(service, republish=bool(self._broker))
        self._wait_until_ready()

    def _check_ports(self) -> None:
        ports = [service.port + self._options.port_offset for service in SERVICES]
        if self._options.postgres_host is None:
            ports.append(self._options.postgres_port)
        if self._options.fake_providers:
            ports += [self._fakes_port, self._fakes_port + 1]
        for port in ports:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    raise StackFailed(
                        f"port {port} is taken: end what uses it, or set PORT_OFFSET=100, say"
                    ) from None

    def _start_postgres(self) -> Part:
        port = str(self._options.postgres_port)
        return Part("devstack.postgres", str(self._data / "postgres"), port)

    def _start_fakes(self) -> Part:
        return Part("devstack.fakes", "--port", str(self._fakes_port))

    def _start_service(self, service: Service, *, republish: bool = False) -> ServiceProcess:
        log = self._logs / f"{service.name}-service.log" if self._logs else None
        environment = {**os.environ, **self._settings(service)}
        environment.pop("POSTGRES_DB", None)  # each has its own
        return ServiceProcess(service, environment, republish=republish, log=log)

    def _settings(self, service: Service) -> dict[str, str]:
        """What the environment does not say itself."""
        told = {
            "HOST": "127.0.0.1",
            "PORT": str(service.port + self._options.port_offset),
            "POSTGRES_HOST": self._options.postgres_host or "127.0.0.1",
            "POSTGRES_PORT": str(self._options.postgres_port),
            "KAFKA_BOOTSTRAP_SERVERS": self._kafka,
        }
        defaults = {
            "POI_SERVICE_URL": self.url("poi"),
            "ASSET_SERVICE_URL": self.url("asset"),
            "STORAGE_URL": (self._data / "storage").as_uri(),
            "LOG_FORMAT": "text",
        }
        if self._options.fake_providers:
            told |= fakes_at(self._fakes_port)
            defaults |= LIVE
        return told | {name: os.environ.get(name) or value for name, value in defaults.items()}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _SERVICE_START_S
        waiting = dict(self._services)
        while waiting:
            self._signals.pause()
            for service, process in list(waiting.items()):
                if (status := process.poll()) is not None:
                    reason = f"{_cause(status)}, {self._where(service)}"
                    raise StackFailed(f"{service.name}-service did not start: {reason}")
                if _answers_ready(service.port + self._options.port_offset):
                    del waiting[service]
            if time.monotonic() > deadline:
                names = ", ".join(f"{service.name}-service" for service in waiting)
                raise StackFailed(f"not ready within {_SERVICE_START_S:.0f} s: {names}")

    def _where(self, service: Service) -> str:
        if self._logs is None:
            return "the reason stands above"
        return f"see {self._logs / f'{service.name}-service.log'}"

    def _restart_broker(self) -> None:
        """A new broker has a new address and an empty memory: the services start anew with it."""
        self._stop_services()
        if self._broker is not None:
            self._broker.stop()
        self._broker = Part("devstack.broker")
        self._kafka = self._broker.said(_PART_START_S)
        for service in SERVICES:
            self._services[service] = self._start_service(service, republish=True)

    def _may_restart(self, name: str, status: int | None = None) -> bool:
        """Whether it is time to start `name` again; what dies over and over waits longer."""
        due, pause = self._restarts.get(name, (0.0, 0.0))
        now = time.monotonic()
        if now < due:
            return False
        pause = min(_MOST_PAUSE_S, max(0.5, 2 * pause)) if now < due + _STEADY_S else 0.5
        self._restarts[name] = (now + pause, pause)
        how = "" if status is None else f" ({_cause(status)})"
        say(f"{name} died{how}: started again")
        return True

    def _stop_services(self) -> None:
        for process in self._services.values():
            process.terminate()
        deadline = time.monotonic() + _SERVICE_STOP_S
        asked = self._signals.received
        while any(process.poll() is None for process in self._services.values()):
            time.sleep(0.02)
            if time.monotonic() > deadline or self._signals.received > max(1, asked):
                for process in self._services.values():
                    process.kill()
        self._services.clear()


def _cause(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def _answers_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
