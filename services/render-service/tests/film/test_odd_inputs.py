"""What agencies really send: a good film or a clear error, never a crash or garbage."""

from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image

from app.film.camera import Size
from app.film.orders import FilmOrder
from app.film.pictures import working_picture
from app.film.planes import Planes, rgb_of
from app.film.studio import FilmStudio
from app.film.values import FilmError
from contracts.script import ScenePart
from devstack.phone_photo import HEIC
from tests.film.stage import TINY, MemoryStore, Witness, listing, photo, quarters, scene, script

FRAME = Size(TINY.width, TINY.height)
NAMES = ["Villa " + "Méditerranée " * 24, "فيلا النخيل 🌴", "🏠✨", "日本の家"]


def _decode(path: Path, megapixels: int = 100) -> np.ndarray:
    planes = working_picture(path, FRAME, is_plan=False, max_megapixels=megapixels)
    assert min(planes.size) >= min(FRAME)
    return planes.y


def test_a_photo_of_one_pixel_fills_the_frame(tmp_path: Path) -> None:
    Image.new("RGB", (1, 1), (200, 60, 60)).save(tmp_path / "dot.png")
    assert np.ptp(_decode(tmp_path / "dot.png")) == 0


def test_a_photo_of_sixty_megapixels_is_decoded(tmp_path: Path) -> None:
    Image.new("L", (10_000, 6_000), 120).save(tmp_path / "huge.jpg")
    assert _decode(tmp_path / "huge.jpg").mean() == pytest.approx(16 + 219 * 120 / 255, abs=2)


def test_an_animated_picture_shows_its_first_frame(tmp_path: Path) -> None:
    first, second = quarters(), Image.new("RGB", (300, 200), (0, 0, 0))
    first.save(tmp_path / "moving.webp", save_all=True, append_images=[second], duration=100)
    assert _decode(tmp_path / "moving.webp").max() > 200


def test_a_telephone_s_photo_is_decoded_upright(tmp_path: Path) -> None:
    (tmp_path / "photo.heic").write_bytes(HEIC)
    planes = working_picture(tmp_path / "photo.heic", FRAME, is_plan=False, max_megapixels=100)
    (left, right), (_, below) = _colours(planes, 0.25), _colours(planes, 0.75)
    assert left[2] > 150 > left[0], "blue above, on the left"
    assert right[0] > 150 > right[2], "red above, on the right"
    assert below[1] > 150 > below[2], "green below, on the right"


def _colours(planes: Planes, down: float) -> tuple[np.ndarray, np.ndarray]:
    """The colours in the middle of the left and of the right half, so far down a picture."""
    row = rgb_of(planes)[round(planes.size.height * down)]
    return row[planes.size.width // 4], row[planes.size.width * 3 // 4]


def test_what_only_begins_like_a_telephone_s_photo_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "photo.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(64))
    with pytest.raises(FilmError) as refusal:
        _decode(tmp_path / "photo.heic")
    assert refusal.value.code == "picture_unreadable"
    assert refusal.value.detail == "not a picture in a known format"


@pytest.mark.parametrize("name", NAMES, ids=["300 letters", "arabic", "emoji", "japanese"])
async def test_a_film_is_made_whatever_the_property_is_called(name: str, tmp_path: Path) -> None:
    asset = uuid4()
    scenes = [scene(0, asset_id=asset, duration_s=0.5), scene(1, duration_s=0.5)]
    named = [
        each.model_copy(update={"title": name, "on_screen_text": name, "part": part})
        for each, part in zip(scenes, (ScenePart.HOOK, ScenePart.CLOSING), strict=True)
    ]
    told = script(named).model_copy(
        update={"title": name, "listing": listing().model_copy(update={"name": name})}
    )
    order = FilmOrder(script=told, frame=TINY, photos={asset: photo(tmp_path)})
    (tmp_path / "film").mkdir()
    film = await FilmStudio().make(order, tmp_path / "film", MemoryStore(), Witness())
    assert film.duration_s == 1.0


@pytest.mark.parametrize("count", [0, 40])
async def test_a_film_is_made_of_no_photo_and_of_forty(count: int, tmp_path: Path) -> None:
    assets = [uuid4() for _ in range(count)]
    scenes = [scene(at, asset_id=asset, duration_s=0.25) for at, asset in enumerate(assets)]
    told = script([*scenes, scene(count, duration_s=0.5)])
    order = FilmOrder(script=told, frame=TINY, photos=dict.fromkeys(assets, photo(tmp_path)))
    (tmp_path / "film").mkdir()
    witness = Witness()
    film = await FilmStudio().make(order, tmp_path / "film", MemoryStore(), witness)
    assert len(witness.finished) == count + 1
    assert film.duration_s == pytest.approx(count * 0.25 + 0.5, abs=0.1)
