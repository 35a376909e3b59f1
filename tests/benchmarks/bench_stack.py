"""The running stack: how soon it is ready, what its services weigh, and whether films slow them.

Targets: ready within 3 times the import below, plus 2 s; an idle API service under 110 MiB; the
p95 of `GET /renders/{id}` while a film renders within 2 times its idle value.

    python tests/benchmarks/bench_stack.py
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from load import Load, Request, put_under_load  # noqa: E402

from tests.system.platform import Platform, register_with_photos, until  # noqa: E402

SERVICES = ("poi", "asset", "script", "transcription", "render")
IMPORT = "import fastapi, sqlalchemy.ext.asyncio, aiokafka"
MOST_IDLE_MIB = 110
MOST_SLOWER = 2.0
LOOK_S = 5.0
ONE_CALLER = 1


def start_up(folder: Path) -> None:
    """Prints how long a start takes, beside its target."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORT], check=True)
    imported_s = time.perf_counter() - began
    began = time.perf_counter()
    with Platform.started(folder):
        ready_s = time.perf_counter() - began
    target_s = 3 * imported_s + 2
    print(f"ready after {ready_s:.1f} s (target {target_s:.1f} s: 3 × {imported_s:.1f} s + 2 s)")


def weigh(platform: Platform) -> None:
    """Prints each service's memory: its resident set, and its share of what forks share."""
    for service in SERVICES:
        memory = platform.process_of(service).memory_full_info()
        resident, share = memory.rss / 2**20, memory.pss / 2**20
        print(f"{service:13} {resident:4.0f} MiB resident, {share:4.0f} MiB its share", end="")
        print(f" (target under {MOST_IDLE_MIB} MiB)")


def slow_down(platform: Platform, folder: Path) -> None:
    """Prints the latency of a read before and while a film renders."""
    poi = register_with_photos(platform, folder, ["facade", "salon", "cuisine", "jardin"])
    query = {"poi_id": poi["id"], "duration_s": 60}
    platform.call("script", "POST", "/scripts/generate", params=query)
    first = until(lambda: the_render(platform, poi["id"], "completed"))
    idle = latencies(platform, first["id"])
    platform.call("render", "POST", "/renders", json={"script_id": first["script_id"]})
    until(lambda: the_render(platform, poi["id"], "running"))
    busy = latencies(platform, first["id"])
    times = busy.percentile(0.95) / idle.percentile(0.95)
    print(
        f"GET /renders/{{id}}: p95 {idle.percentile(0.95) * 1000:.1f} ms idle,"
        f" {busy.percentile(0.95) * 1000:.1f} ms while a film renders:"
        f" {times:.1f} times (target {MOST_SLOWER:.0f})"
    )


def the_render(platform: Platform, poi_id: str, status: str) -> dict[str, Any] | None:
    """The newest render of a POI, once it has this status."""
    renders: list[dict[str, Any]] = platform.call(
        "render", "GET", "/renders", params={"poi_id": poi_id}
    )
    return renders[0] if renders and renders[0]["status"] == status else None


def latencies(platform: Platform, render_id: str) -> Load:
    """How long a read takes one caller."""
    request = Request("GET", f"/renders/{render_id}", (("X-API-Key", "dev-api-key"),))
    return asyncio.run(
        put_under_load(
            platform.addresses["render"],
            lambda _: request,
            seconds=LOOK_S,
            expected_status=200,
            connections=ONE_CALLER,
        )
    )


def main() -> None:
    """The command line."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        start_up(Path(folder))
        with Platform.started(Path(folder), RENDER_PROFILE="standard") as platform:
            weigh(platform)
            slow_down(platform, Path(folder))


if __name__ == "__main__":
    main()
