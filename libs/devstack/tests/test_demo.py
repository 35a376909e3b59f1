"""`make demo` as a process: what it leaves behind, and under which name it saves a film."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from devstack.demo import free_name
from devstack.services import SERVICES

NOWHERE = {
    "POSTGRES_HOST": "127.0.0.1",
    "POSTGRES_PORT": "1",
    "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
}


def demo(tmp_path: Path, offset: int) -> subprocess.Popen[str]:
    """A demo whose services wait for a database; its temporary files are in `tmp_path`."""
    settings = {"TMPDIR": str(tmp_path), "PORT_OFFSET": str(offset), **NOWHERE}
    return subprocess.Popen(
        [sys.executable, "-m", "devstack", "demo", "--out", str(tmp_path / "out")],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def logged(tmp_path: Path) -> bool:
    return any(log.stat().st_size for log in tmp_path.glob("poi-video-logs-*/*"))


def test_a_demo_that_is_interrupted_says_where_the_logs_are(tmp_path: Path) -> None:
    with demo(tmp_path, random.randint(10_000, 20_000)) as process:
        deadline = time.monotonic() + 30
        while not logged(tmp_path):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=40)
    (logs,) = tmp_path.glob("poi-video-logs-*")
    assert told.splitlines() == ["stopped", f"the services' logs are in {logs}"]
    assert process.returncode == 130


def test_a_demo_that_fails_before_anything_is_logged_leaves_nothing_behind(tmp_path: Path) -> None:
    offset = random.randint(10_000, 20_000)
    port = SERVICES[0].port + offset
    with socket.create_server(("127.0.0.1", port)), demo(tmp_path, offset) as process:
        _, told = process.communicate(timeout=30)
    assert told.startswith(f"no film: port {port} is taken")
    assert "logs" not in told
    assert process.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_film_never_takes_the_name_of_an_earlier_one(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        video = free_name(tmp_path, "villa-16x9")
        video.touch()
        names.append(video.name)
    assert names == ["villa-16x9.mp4", "villa-16x9-2.mp4", "villa-16x9-3.mp4"]


def test_a_film_takes_no_name_whose_poster_or_captions_would_be_lost(tmp_path: Path) -> None:
    (tmp_path / "villa-16x9.jpg").touch()
    (tmp_path / "villa-16x9-2.vtt").touch()
    assert free_name(tmp_path, "villa-16x9").name == "villa-16x9-3.mp4"
