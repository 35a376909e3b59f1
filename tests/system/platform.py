"""The platform under test: a `make dev` in a process of its own, and what a user does with it."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
import psutil
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
KEY = "dev-api-key"
TIME_LIMIT_S = 120
Found = TypeVar("Found")
_PORTS = (8001, 8002, 8003, 8004, 8005, 5433, 9901, 9902)


@dataclass(frozen=True)
class Platform:
    """A running launcher; `addresses` are those of its `ready` line, by name."""

    launcher: subprocess.Popen[bytes]
    addresses: dict[str, str]
    data: Path
    log: Path

    @classmethod
    @contextmanager
    def started(cls, folder: Path, **environment: str) -> Iterator[Self]:
        """A platform on `folder`, for the block; it must end with 0 when it is asked to."""
        log = folder / "platform.log"
        with log.open("w") as output:
            launcher = subprocess.Popen(
                [sys.executable, "-m", "devstack", "dev"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "PORT_OFFSET": str(free_offset()),
                    "DEV_DATA": str(folder / "data"),
                    "RENDER_PROFILE": "draft",
                    "LOG_FORMAT": "json",
                    **environment,
                },
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        platform = cls(launcher, _ready_line(launcher, log), folder / "data", log)
        try:
            yield platform
        finally:
            platform.stop()

    def stop(self) -> int:
        """Asks it to end, as `make dev` is; its exit status."""
        if self.launcher.poll() is None:
            self.launcher.send_signal(signal.SIGTERM)
        return self.launcher.wait(60)

    def client(self, service: str, key: str = KEY) -> httpx.Client:
        """A caller of one service."""
        return httpx.Client(
            base_url=self.addresses[service], headers={"X-API-Key": key}, timeout=30
        )

    def process_of(self, service: str) -> psutil.Process:
        """The process that listens on the service's port."""
        port = int(self.addresses[service].rpartition(":")[2])
        for child in psutil.Process(self.launcher.pid).children():
            if any(c.laddr.port == port and c.status == "LISTEN" for c in child.net_connections()):
                return child
        raise LookupError(f"nobody listens for {service}")

    def call(self, service: str, method: str, path: str, **request: Any) -> Any:
        """The JSON of an answer that must be a success."""
        with self.client(service) as client:
            answer = client.request(method, path, **request)
        assert answer.is_success, answer.text
        return answer.json()


def register_with_photos(platform: Platform, folder: Path, rooms: list[str]) -> dict[str, Any]:
    """A published property with a drawn photo of each room."""
    poi: dict[str, Any] = platform.call("poi", "POST", "/pois", json={"name": "Villa Horizon"})
    for verb in ("validate", "publish"):
        platform.call("poi", "POST", f"/pois/{poi['id']}/{verb}")
    for number, room in enumerate(rooms):
        photo = draw_photo(folder / f"{room}.jpg", number)
        with photo.open("rb") as file:
            platform.call(
                "asset",
                "POST",
                "/assets/upload",
                files={"file": (photo.name, file)},
                data={"poi_id": poi["id"]},
            )
    return poi


def draw_photo(file: Path, number: int) -> Path:
    """A picture with something to see in it."""
    picture = Image.new("RGB", (960, 640), (40 + 30 * number, 90, 140))
    ImageDraw.Draw(picture).rectangle((200, 150, 760, 500), fill=(230, 200 - 20 * number, 120))
    picture.save(file, quality=90)
    return file


def until(look: Callable[[], Found | None], *, within_s: float = TIME_LIMIT_S) -> Found:
    """What `look` finds, once it finds something; raises TimeoutError."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"nothing found within {within_s:.0f} s")


def free_offset() -> int:
    """A PORT_OFFSET with which every port of the stack is free."""
    for _ in range(100):
        offset = random.randrange(1_000, 40_000)
        if all(_is_free(port + offset) for port in _PORTS):
            return offset
    raise LookupError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _ready_line(launcher: subprocess.Popen[bytes], log: Path) -> dict[str, str]:
    """The addresses that the launcher prints once all is ready."""

    def look() -> dict[str, str] | None:
        lines = log.read_text().splitlines()
        if launcher.poll() is not None:
            raise AssertionError("the stack did not start:\n" + "\n".join(lines[-30:]))
        ready = [line for line in lines if line.startswith("ready ")]
        return dict(part.split("=", 1) for part in ready[-1].split()[1:]) if ready else None

    return until(look)
