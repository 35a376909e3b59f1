"""How long a film takes against x264 alone on the same frames, with the same parameters.

Prints both times and their ratio: a 30 s film of 8 scenes at `standard`, wished at 1.6 or less.
Both run at the same niceness, one after the other. Needs 3 GB of scratch space.

    python tests/benchmarks/bench_render.py [--photos DIR] [--seconds 30]
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

import cv2
import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "services" / "render-service"))

from app.film.encoding import ffmpeg, raw_input_arguments, x264_arguments  # noqa: E402
from app.film.formats import FrameFormat, frame_format  # noqa: E402
from app.film.orders import FilmOrder, FilmStudio  # noqa: E402
from app.film.pictures import working_picture  # noqa: E402
from app.film.plan import FilmPlan, plan_film  # noqa: E402
from app.film.planes import Size  # noqa: E402
from app.film.segments import draw_frames  # noqa: E402
from app.film.shots import PictureFiles, WorkingPicture  # noqa: E402
from app.film.values import FilmError  # noqa: E402
from contracts.asset import Room  # noqa: E402
from contracts.render import AspectRatio, RenderProfile  # noqa: E402
from contracts.script import Motion, Scene, Script, ScriptAspectRatio  # noqa: E402

SCENES = 8
MOTIONS = (Motion.PUSH_IN, Motion.PAN_RIGHT, Motion.PULL_OUT, Motion.TILT_UP, Motion.PAN_LEFT)


class NoStore:
    """Keeps nothing: every segment is rendered."""

    async def fetch(self, key: str, target: Path) -> bool:  # noqa: ARG002 -- keeps nothing
        return False

    async def keep(self, key: str, source: Path) -> None:
        pass


class Indifferent:
    """Watches nothing."""

    async def picture_refused(self, scene: int, reason: FilmError) -> None:
        raise RuntimeError(f"scene {scene} lost its photo") from reason

    async def stills_drawn(self, poster: Path, storyboard: Path) -> None:
        pass

    async def scene_started(self, scene: int) -> None:
        pass

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        pass

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        pass

    def frames_done(self, done: int, total: int) -> None:
        pass


def painted_photos(folder: Path) -> list[Path]:
    """Photos with detail at every scale, as a real room has, in the size of a listing photo."""
    photos = []
    for seed in range(SCENES - 2):
        random = np.random.default_rng(seed)
        picture = np.zeros((900, 1350, 3), np.float32)
        for octave in range(2, 9):
            grid = random.uniform(-1, 1, (2**octave, 2**octave * 3 // 2, 3)).astype(np.float32)
            picture += (
                cv2.resize(grid, (1350, 900), interpolation=cv2.INTER_CUBIC) * 90 / octave**1.5
            )
        photos.append(folder / f"painted-{seed}.jpg")
        Image.fromarray((picture + 128).clip(0, 255).astype(np.uint8)).save(photos[-1], quality=90)
    return photos


def write_script(assets: list[UUID], seconds: float) -> Script:
    """A card, one scene per asset, a card."""
    wanted: list[UUID | None] = [None, *assets, None]
    scenes = tuple(
        Scene(
            index=index,
            title="Une maison au calme",
            narration="Une phrase dite pendant la scène.",
            on_screen_text="Séjour de 42 m² plein sud",
            duration_s=seconds / len(wanted),
            asset_id=asset,
            room=Room.OTHER,
            motion=motion,
            visual_prompt="",
        )
        for index, (asset, motion) in enumerate(zip(wanted, cycle(MOTIONS), strict=False))
    )
    return Script(
        id=uuid4(),
        poi_id=uuid4(),
        title="Banc d’essai",
        language="fr",
        aspect_ratio=ScriptAspectRatio.LANDSCAPE,
        provider="stub",
        model="bench",
        total_duration_s=seconds,
        scenes=scenes,
        created_at=datetime.now(UTC),
    )


def lay_plan(order: FilmOrder, pictures: PictureFiles) -> FilmPlan:
    """The plan that the studio makes for an order."""
    working = {}
    size = Size(order.frame.width, order.frame.height)
    for position, scene in enumerate(order.script.scenes):
        if scene.asset_id is not None:
            photo = order.photos[scene.asset_id]
            planes = working_picture(photo, size, is_plan=False, max_megapixels=100)
            planes.save(pictures.path(f"{position}"))
            working[position] = WorkingPicture(
                sha256=f"{position}", width=planes.size.width, height=planes.size.height
            )
    return plan_film(order.script, order.frame, working)


def x264_alone(order: FilmOrder, folder: Path) -> float:
    """Seconds that x264 takes for the frames of a film, read from a file in the page cache."""
    pictures, raw = PictureFiles(folder=folder), folder / "frames.yuv"
    with raw.open("wb") as file:
        for planned in lay_plan(order, pictures).segments():
            for frame in draw_frames(planned.segment, pictures):
                file.write(frame.buffer.data)
    try:
        return encode(order.frame, raw, folder / "alone.mp4")
    finally:
        raw.unlink()


def encode(frame: FrameFormat, raw: Path, target: Path) -> float:
    """Seconds of one ffmpeg that encodes a file of raw frames with as many threads as it likes."""
    arguments = [*raw_input_arguments(frame, str(raw)), *x264_arguments(frame, threads=0)]
    start = time.perf_counter()
    command = ["nice", "-n", "10", *ffmpeg(*arguments, "-an", str(target))]  # as the children are
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


async def film_alone(order: FilmOrder, folder: Path) -> float:
    """Seconds of a whole film: photos decoded, frames drawn and encoded, joined, poster."""
    start = time.perf_counter()
    await FilmStudio().make(order, folder, NoStore(), Indifferent())
    return time.perf_counter() - start


def main() -> None:
    """Run both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=Path, help="a folder of photos instead of painted ones")
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found = sorted(options.photos.glob("*.jpg")) if options.photos else painted_photos(folder)
        photos = {uuid4(): path for path in found[: SCENES - 2]}
        order = FilmOrder(
            script=write_script(list(photos), options.seconds),
            frame=frame_format(RenderProfile.STANDARD, AspectRatio.LANDSCAPE),
            photos=photos,
        )
        alone = x264_alone(order, folder)
        film = asyncio.run(film_alone(order, folder))
    print(f"x264 alone on the same frames  {alone:6.1f} s")
    print(f"the whole film                 {film:6.1f} s")
    print(f"ratio                          {film / alone:6.2f}   (wished: 1.60 or less)")


if __name__ == "__main__":
    main()
