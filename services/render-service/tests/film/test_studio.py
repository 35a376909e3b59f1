import asyncio
import io
import os
import re
import signal
import struct
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image, ImageSequence

from app.film.encoding import ffmpeg
from app.film.orders import Film, FilmOrder, ScenesFailedError
from app.film.studio import FilmStudio
from contracts.script import Motion
from tests.film.stage import TINY, MemoryStore, Witness, photo, scene, script

FIRST, SECOND, BROKEN = uuid4(), uuid4(), uuid4()


@dataclass(frozen=True)
class Made:
    order: FilmOrder
    film: Film
    store: MemoryStore
    witness: Witness


def _order(folder: Path) -> FilmOrder:
    broken = folder / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff nothing more")
    scenes = [
        scene(0, duration_s=1.5),
        scene(1, duration_s=1.6, asset_id=FIRST),
        scene(2, duration_s=1.3, asset_id=SECOND, motion=Motion.PAN_RIGHT),
        scene(3, duration_s=1.27, asset_id=BROKEN),
        scene(4, duration_s=1.0, asset_id=uuid4()),
    ]
    photos = {FIRST: photo(folder, "1.jpg"), SECOND: photo(folder, "2.png"), BROKEN: broken}
    return FilmOrder(script=script(scenes), frame=TINY, photos=photos)


@pytest.fixture(scope="module")
async def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    store, witness = MemoryStore(), Witness()
    order = _order(tmp_path_factory.mktemp("photos"))
    film = await FilmStudio().make(order, tmp_path_factory.mktemp("film"), store, witness)
    return Made(order, film, store, witness)


def _probe(path: Path) -> str:
    return subprocess.run(
        [*ffmpeg("-loglevel", "info"), "-i", str(path)], capture_output=True, text=True, check=False
    ).stderr


def _frames(path: Path) -> np.ndarray:
    raw = subprocess.run(
        ffmpeg("-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
        capture_output=True,
        check=True,
    ).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, TINY.height, TINY.width, 3)


def test_the_film_is_h264_high_for_every_player(made: Made) -> None:
    said = _probe(made.film.video)
    assert re.search(r"h264 \(High\).*yuv420p\(tv, bt709, progressive\), 192x108.* 12 fps", said)
    assert re.search(r"Audio: aac", said)


def test_the_film_lasts_as_long_as_its_script(made: Made) -> None:
    assert made.film.duration_s == pytest.approx(6.67, abs=1 / 12)
    assert "Duration: 00:00:06.67" in _probe(made.film.video)
    assert len(_frames(made.film.video)) == 80


def test_frames_follow_each_other_without_gap(made: Made) -> None:
    listing = subprocess.run(
        ffmpeg("-i", str(made.film.video), "-map", "0:v", "-f", "framecrc", "-"),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = [line for line in listing.splitlines() if not line.startswith("#")]
    assert [int(row.split(",")[2]) for row in rows] == list(range(80))


def test_the_index_comes_before_the_pictures(made: Made) -> None:
    content, boxes, at = made.film.video.read_bytes(), [], 0
    while at < len(content):
        size, name = struct.unpack(">I4s", content[at : at + 8])
        boxes.append(name)
        at += size
    assert boxes.index(b"moov") < boxes.index(b"mdat")


def test_the_photo_is_upright_and_fills_the_frame(made: Made) -> None:
    frame = _frames(made.film.video)[round(2.3 * 12)]
    red, green = frame[10, 10], frame[10, -10]
    assert red[0] > red[1] + 80
    assert green[1] > green[0] + 80


def test_no_frame_is_black_and_no_scene_stands_still(made: Made) -> None:
    frames = _frames(made.film.video).astype(int)
    assert frames.mean(axis=(1, 2, 3)).min() > 20
    photos = frames[20:50]
    assert np.abs(np.diff(photos, axis=0)).max(axis=(1, 2, 3)).min() > 0


def test_a_broken_or_missing_photo_costs_its_scene_a_card_and_nothing_else(made: Made) -> None:
    assert made.witness.refused == {3: "picture_unreadable"}
    assert sorted(made.witness.finished) == [0, 1, 2, 3, 4]
    card = _frames(made.film.video)[round(5.0 * 12)]
    assert card[5].mean(axis=0)[2] < 110


def test_every_scene_has_a_clip_of_its_own(made: Made) -> None:
    clip = made.witness.clips[1]
    assert clip.read_bytes() == made.store.segments[made.witness.finished[1]]
    assert "h264 (High)" in _probe(clip)
    assert len(_frames(clip)) == 13


def test_progress_only_grows_and_ends_with_the_last_frame(made: Made) -> None:
    assert made.witness.frames == sorted(made.witness.frames)
    assert made.witness.frames[-1] == (80, 80)


def test_the_poster_shows_the_first_photo_in_its_colours(made: Made) -> None:
    with Image.open(made.film.poster) as poster:
        assert poster.format == "JPEG"
        assert poster.size == (192, 108)
        assert poster.convert("RGB").getpixel((20, 10)) == pytest.approx((187, 40, 40), abs=24)


def test_poster_and_storyboard_are_there_before_the_first_frame(made: Made) -> None:
    assert made.witness.stills_before_frames
    poster, storyboard = made.witness.stills
    assert poster == made.film.poster.read_bytes()
    with Image.open(io.BytesIO(storyboard)) as sheet:
        assert sheet.format == "JPEG"
        assert sheet.width > sheet.height > 500


def test_the_preview_is_three_seconds_of_moving_pictures(made: Made) -> None:
    with Image.open(made.film.preview) as preview:
        assert preview.format == "WEBP"
        assert min(preview.size) == 234
        shown = []
        total_ms = 0
        for frame in ImageSequence.Iterator(preview):
            shown.append(np.asarray(frame.convert("L"), int))
            total_ms += frame.info["duration"]
    assert total_ms == pytest.approx(3000, abs=100)
    assert np.abs(np.diff(shown, axis=0)).max(axis=(1, 2)).min() > 0


def test_the_film_says_what_it_is_and_how_it_was_made(made: Made) -> None:
    said = _probe(made.film.video)
    assert re.search(r"title\s+: Villa Horizon", said)
    assert f"Script {made.order.script.id}." in said
    assert "Scenes 2 and 3 rendered from photographs." in said
    assert "Scenes 1, 4 and 5 drawn." in said
    assert "AI-generated" not in said


async def test_finished_segments_are_not_rendered_again(made: Made, tmp_path: Path) -> None:
    made.store.hits = 0
    (tmp_path / "film").mkdir()
    again = await FilmStudio().make(made.order, tmp_path / "film", made.store, Witness())
    assert made.store.hits == len(made.store.segments) == 9
    assert again.video.read_bytes() == made.film.video.read_bytes()


def _children() -> set[int]:
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    ).stdout
    return {int(pid) for pid in listing.split() if b"app.film.worker" in _command(int(pid))}


def _command(pid: int) -> bytes:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes() if path.exists() else b""


class _Saboteur(Witness):
    """Kills every renderer as soon as a scene is begun."""

    async def scene_started(self, scene: int) -> None:
        for pid in _children() if scene == 1 else ():
            os.kill(pid, signal.SIGKILL)


async def test_a_crash_fails_its_scene_with_the_reason_and_the_others_are_finished(
    tmp_path: Path,
) -> None:
    witness, store = _Saboteur(), MemoryStore()
    (tmp_path / "film").mkdir()
    silent = replace(_order(tmp_path), silent=True)  # its children only draw scenes
    with pytest.raises(ScenesFailedError) as failure:
        await FilmStudio().make(silent, tmp_path / "film", store, witness)
    failed = set(failure.value.failures)
    assert 1 in failed
    assert len(failed) <= 2, "more than the scenes in hand"
    assert failure.value.failures[1].code == "renderer_crashed"
    assert "SIGKILL" in failure.value.failures[1].detail
    assert {0, 1, 2, 3, 4} - failed <= set(witness.finished)


class _Starter(Witness):
    """Says when the first frames are done."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()

    def frames_done(self, done: int, total: int) -> None:
        if 0 < done < total:
            self.begun.set()


async def test_cancelling_leaves_no_process_behind(tmp_path: Path) -> None:
    witness = _Starter()
    (tmp_path / "film").mkdir()
    long = FilmOrder(
        script=script([scene(index, duration_s=60) for index in range(2)]), frame=TINY, photos={}
    )
    making = asyncio.create_task(FilmStudio().make(long, tmp_path / "film", MemoryStore(), witness))
    await asyncio.wait_for(witness.begun.wait(), 20)
    assert _children()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert not _children()
