"""How fast a film is made, how good it looks, and what it weighs; all figures from one run.

- the whole film against x264 alone on the same frames with the same parameters: ≤ 1.2
- another render after one scene changed: ≤ 30 % of a first one
- the same film in 9:16, pictures decoded anew: ≤ 1.0 times the first
- poster and storyboard: within 2 s; memory of all processes: under 1 GiB at `standard`
- VMAF of the film against the frames before encoding: ≥ 93 on average, ≥ 85 for the worst 1 %
- with `--moviepy`, the same film by moviepy (fetched for the occasion): ≥ 8 times slower

Everything runs at the same niceness, one after the other. Needs 3 GB of scratch space.

    python tests/benchmarks/bench_render.py [--photos DIR] [--seconds 30] [--profile standard]
"""

import argparse
import asyncio
import json
import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

import numpy as np
import psutil
from render_stage import ROOT, SAMPLES, SCENES, Clock, DiskStore, write_script

from app.film.encoding import ffmpeg, raw_input_arguments, x264_arguments
from app.film.formats import FrameFormat, frame_format
from app.film.orders import FilmOrder
from app.film.plan import FilmPlan, plan_film
from app.film.renderers import Renderers
from app.film.segments import draw_frames
from app.film.shoot import Shoot
from app.film.shots import PictureFiles
from app.film.studio import FilmStudio
from contracts.render import AspectRatio, RenderProfile

MOST_OF_X264, MOST_AGAIN, MOST_OF_FIRST_FORMAT, LEAST_OF_MOVIEPY = 1.2, 0.3, 1.0, 8.0
FIRST_LOOK_S, MEAN_VMAF, WORST_VMAF = 2.0, 93.0, 85.0
MOST_MIB = {RenderProfile.DRAFT: 1024, RenderProfile.STANDARD: 1024, RenderProfile.HIGH: 2560}

#: Weighing reads every page table of every process: done often, it slows the film it weighs.
_WEIGHED_EVERY_S = 0.5

#: VMAF looks at every so many frames.
VMAF_EVERY = 5


@dataclass(frozen=True)
class Timed:
    """A film with the seconds it took, those until its stills, and the most MiB in use."""

    video: Path
    seconds: float
    stills_s: float
    mib: float


class Scales:
    """Weighs all descendants of this process while a context lasts."""

    def __init__(self) -> None:
        self.most_mib = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Scales":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_WEIGHED_EVERY_S):
            weights = [_weight(child) for child in psutil.Process().children(recursive=True)]
            self.most_mib = max(self.most_mib, sum(weights) / 2**20)


def _weight(process: psutil.Process) -> int:
    """Bytes of its own: pages that children share with each other are counted once (PSS)."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def film(order: FilmOrder, folder: Path, store: DiskStore) -> Timed:
    """A whole film: photos decoded, stills, frames drawn and encoded, joined."""
    folder.mkdir()
    clock, start = Clock(), time.perf_counter()
    with Scales() as scales:
        made = asyncio.run(FilmStudio().make(order, folder, store, clock))
    return Timed(made.video, time.perf_counter() - start, clock.stills_s, scales.most_mib)


async def lay_plan(order: FilmOrder, folder: Path) -> FilmPlan:
    """The plan that the studio makes for an order; its pictures stay in the folder."""
    order = order.cut
    async with Renderers.of(2) as renderers:
        shoot = Shoot(order, folder, DiskStore(folder / "none"), Clock(), renderers)
        return plan_film(order.script, order.frame, await shoot.prepare_pictures(100))


def draw_raw(order: FilmOrder, folder: Path) -> Path:
    """All frames of a film, not encoded."""
    folder.mkdir()
    plan, raw = asyncio.run(lay_plan(order, folder)), folder / "frames.yuv"
    with raw.open("wb") as file:
        for planned in plan.segments():
            for frame in draw_frames(planned.segment, PictureFiles(folder=folder)):
                file.write(frame.buffer.data)
    return raw


def x264_alone(frame: FrameFormat, raw: Path) -> float:
    """Seconds of one ffmpeg that encodes the frames with as many threads as it likes."""
    arguments = [*raw_input_arguments(frame, str(raw)), *x264_arguments(frame, threads=0)]
    start = time.perf_counter()
    nice = ["nice", "-n", "10"]  # as the children are
    target = str(raw.with_suffix(".mp4"))
    subprocess.run(
        [*nice, *ffmpeg(*arguments, "-an", target)], check=True, stdin=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def vmaf(frame: FrameFormat, raw: Path, video: Path) -> tuple[float, float]:
    """Mean and 1st percentile of VMAF."""
    log = raw.with_suffix(".json")
    threads = os.cpu_count() or 1
    measure = f"libvmaf=log_fmt=json:log_path={log}:n_threads={threads}:n_subsample={VMAF_EVERY}"
    inputs = ["-i", str(video), *raw_input_arguments(frame, str(raw))[2:]]
    by_number = f"settb=1/{frame.fps},setpts=N"  # frames are compared one by one
    pairs = f"[0:v]{by_number}[film];[1:v]{by_number}[frames];[film][frames]"
    command = ffmpeg(*inputs, "-lavfi", pairs + measure, "-f", "null", "-")
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    scores = [each["metrics"]["vmaf"] for each in json.loads(log.read_text())["frames"]]
    return float(np.mean(scores)), float(np.percentile(scores, 1))


def moviepy_film(photos: list[Path], frame: FrameFormat, seconds: float, target: Path) -> float:
    """Seconds that moviepy takes for the same scenes: zooms, words, cross-fades, one encode."""
    uv, script = ROOT / ".uv" / "bin" / "uv", ROOT / "tests" / "benchmarks" / "moviepy_film.py"
    command = [str(uv), "run", "--no-project", "--with", "moviepy", "python", str(script)]
    subprocess.run([*command, "--fetch"], check=True)
    settings = [f"{frame.width}x{frame.height}", str(frame.fps), str(seconds), str(target)]
    start = time.perf_counter()
    shown = [str(photo.resolve()) for photo in photos]
    subprocess.run(["nice", "-n", "10", *command, *settings, *shown], check=True, cwd=target.parent)
    return time.perf_counter() - start


def _changed(order: FilmOrder) -> FilmOrder:
    scenes = list(order.script.scenes)
    scenes[3] = scenes[3].model_copy(update={"on_screen_text": "Chambre sur le jardin"})
    return replace(order, script=order.script.model_copy(update={"scenes": tuple(scenes)}))


def _say(what: str, figure: str, wished: str, met: bool) -> None:
    print(f"{what:44} {figure:>12}   wished {wished:8} {'' if met else '  MISSED'}", flush=True)


def _run(order: FilmOrder, folder: Path, options: argparse.Namespace) -> None:
    profile, frame = RenderProfile(options.profile), order.cut.frame
    raw = draw_raw(order, folder / "raw")
    store = DiskStore(folder / "store")
    first = film(order, folder / "first", store)
    alone = x264_alone(frame, raw)
    again = film(_changed(order), folder / "again", store)
    tall = replace(order, frame=frame_format(profile, AspectRatio.PORTRAIT))
    second = film(tall, folder / "second", DiskStore(folder / "other"))
    mean, worst = vmaf(frame, raw, first.video)
    raw.unlink()
    ratio, part, format_ratio = (
        first.seconds / alone,
        again.seconds / first.seconds,
        second.seconds / first.seconds,
    )
    megabits = first.video.stat().st_size * 8 / options.seconds / 1e6
    print(f"x264 alone {alone:.1f} s, film {first.seconds:.1f} s, {megabits:.1f} Mbit/s")
    _say("film : x264 alone", f"{ratio:.2f}", "≤ 1.20", ratio <= MOST_OF_X264)
    _say("after one changed scene : first", f"{part:.2f}", "≤ 0.30", part <= MOST_AGAIN)
    _say("9:16 : 16:9", f"{format_ratio:.2f}", "≤ 1.00", format_ratio <= MOST_OF_FIRST_FORMAT)
    look = first.stills_s
    _say("poster and storyboard", f"{look:.1f} s", "≤ 2.0 s", look <= FIRST_LOOK_S)
    most = MOST_MIB[profile]
    _say("memory of all processes", f"{first.mib:.0f} MiB", f"< {most}", first.mib < most)
    _say("VMAF, mean", f"{mean:.1f}", "≥ 93", mean >= MEAN_VMAF)
    _say("VMAF, 1st percentile", f"{worst:.1f}", "≥ 85", worst >= WORST_VMAF)
    if options.moviepy:
        photos = list(order.photos.values())
        moviepy = moviepy_film(photos, frame, options.seconds, folder / "moviepy.mp4")
        times = moviepy / first.seconds
        _say("moviepy : film", f"{times:.1f}", "≥ 8.0", times >= LEAST_OF_MOVIEPY)


def main() -> None:
    """Make the films and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=Path, default=SAMPLES, help="a folder of photos")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--profile", default="standard", choices=[each.value for each in MOST_MIB])
    parser.add_argument("--moviepy", action="store_true", help="compare with moviepy, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found = cycle(sorted(options.photos.glob("*.jpg")))
        photos = {uuid4(): path for path in islice(found, SCENES - 2)}
        order = FilmOrder(
            script=write_script(list(photos), options.seconds),
            frame=frame_format(RenderProfile(options.profile), AspectRatio.LANDSCAPE),
            photos=photos,
        )
        _run(order, folder, options)


if __name__ == "__main__":
    main()
