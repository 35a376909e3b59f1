from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.film.camera import Size
from app.film.clips import ClipFrames, first_frame, inspect_clip
from app.film.encoding import encoder
from app.film.formats import FrameFormat
from app.film.lab import Lab
from app.film.pictures import develop
from app.film.planes import Planes
from app.film.shots import ClipFacts
from app.film.values import FilmError
from tests.film.stage import TINY, quarters

CLIP = FrameFormat(width=256, height=144, fps=24)
FRAMES = 48


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Two seconds at 24 frames a second; frame n is grey of luma 20 + 4n."""
    path = tmp_path / "clip.mp4"
    with encoder(CLIP, path) as sink:
        for number in range(FRAMES):
            planes = Planes.blank(Size(CLIP.width, CLIP.height))
            planes.buffer[:] = 128
            planes.y[:] = 20 + 4 * number
            sink.write(planes.buffer)
    return path


def _shown(clip: Path, seconds: float, frame: FrameFormat = TINY) -> list[float]:
    """Which frame of the clip is seen at each frame of a scene, by its luma."""
    scene_frames = round(seconds * frame.fps)
    source = ClipFrames(clip, inspect_clip(clip), scene_frames, frame)
    drawn = Planes.blank(Size(frame.width, frame.height))
    seen = []
    for index in range(scene_frames):
        source.draw(index, drawn)
        seen.append((float(np.median(drawn.y)) - 20) / 4)
    return seen


def test_a_clip_is_decoded_whole_before_it_is_believed(clip: Path) -> None:
    assert inspect_clip(clip) == ClipFacts(width=256, height=144, frames=FRAMES, fps=24)


def test_a_clip_longer_than_its_scene_is_cut_off(clip: Path) -> None:
    """Twelve frames a second of twenty-four: every second one, at the clip's own speed."""
    assert _shown(clip, 1.0) == pytest.approx(range(0, 24, 2), abs=0.3)


def test_a_clip_shorter_than_its_scene_is_slowed_down(clip: Path) -> None:
    seen = _shown(clip, 2.5)
    assert seen == pytest.approx(np.arange(30) * 24 / 12 / 1.25, abs=0.3)


def test_a_clip_is_held_on_its_last_frame_where_it_cannot_be_slower(clip: Path) -> None:
    seen = _shown(clip, 4.0)
    assert seen[:35] == pytest.approx(np.arange(35) * 24 / 12 / 1.5, abs=0.3)
    assert seen[36:] == pytest.approx([FRAMES - 1] * 12, abs=0.3)


def test_between_two_frames_both_are_seen(clip: Path) -> None:
    faster = TINY.model_copy(update={"fps": 30})
    assert _shown(clip, 0.5, faster) == pytest.approx(np.arange(15) * 0.8, abs=0.3)


def test_any_frame_is_drawn_in_any_order(clip: Path) -> None:
    source = ClipFrames(clip, inspect_clip(clip), 24, TINY)
    drawn = Planes.blank(Size(TINY.width, TINY.height))
    for index in (20, 3, 4, 23, 0, 22):
        source.draw(index, drawn)
        assert (float(np.median(drawn.y)) - 20) / 4 == pytest.approx(2 * index, abs=0.3)


def test_text_is_shaded_for_the_lightest_that_a_clip_gets(clip: Path) -> None:
    source = ClipFrames(clip, inspect_clip(clip), 24, TINY)
    ground = source.ground(Size(TINY.width, TINY.height))
    lightest = 20 + 4 * (FRAMES - 1)
    assert ground.lightest(TINY.safe_area) == pytest.approx((lightest - 16) * 255 / 219, abs=2)


@pytest.mark.parametrize(("width", "height"), [(192, 108), (108, 192), (160, 160)])
def test_a_clip_fills_the_frame_and_is_never_stretched(
    tmp_path: Path, width: int, height: int
) -> None:
    """A disc stays one."""
    side = Size(256, 256)
    path = tmp_path / "disc.mp4"
    with encoder(FrameFormat(width=256, height=256, fps=24), path) as sink:
        rows, columns = np.ogrid[:256, :256]
        planes = Planes.blank(side)
        planes.buffer[:] = 128
        planes.y[:] = np.where((rows - 128) ** 2 + (columns - 128) ** 2 < 50**2, 235, 16)
        for _ in range(4):
            sink.write(planes.buffer)
    frame = FrameFormat(width=width, height=height, fps=24)
    drawn = Planes.blank(Size(width, height))
    ClipFrames(path, inspect_clip(path), 4, frame).draw(0, drawn)
    light = drawn.y > 128
    across, down = light.any(axis=0).sum(), light.any(axis=1).sum()
    assert across == pytest.approx(down, abs=3)
    assert across == pytest.approx(100 * max(width, height) / 256, abs=3)


def test_the_first_frame_is_a_picture(clip: Path, tmp_path: Path) -> None:
    first_frame(clip, tmp_path / "still.png")
    with Image.open(tmp_path / "still.png") as still:
        assert still.size == (256, 144)


@pytest.mark.parametrize("kept", [0, 100, 0.5, 0.9])
def test_a_broken_clip_is_refused(clip: Path, tmp_path: Path, kept: float) -> None:
    content = clip.read_bytes()
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content[: round(kept if kept > 1 else kept * len(content))])
    with pytest.raises(FilmError) as refusal:
        inspect_clip(broken)
    assert refusal.value.code == "clip_unreadable"


async def test_a_clip_has_to_be_what_was_ordered(clip: Path) -> None:
    await Lab().inspect(clip, (256, 144), 2.4)
    for size, duration_s in (((144, 256), 2.0), ((256, 144), 2.6)):
        with pytest.raises(FilmError) as refusal:
            await Lab().inspect(clip, size, duration_s)
        assert refusal.value.code == "clip_unfit"
        assert "came instead of" in refusal.value.detail


def test_a_photo_is_sent_upright_cropped_and_without_a_word_of_where_it_was_taken(
    tmp_path: Path,
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    photo, sent = tmp_path / "photo.jpg", tmp_path / "sent.jpg"
    lying = quarters().transpose(Image.Transpose.ROTATE_90)
    lying.save(photo, exif=exif, comment=b"12 rue Foch", quality=95)
    develop(photo, Size(960, 960), sent, max_megapixels=1)
    with Image.open(sent) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1440, 1440))
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, green, _ = picture.convert("RGB").getpixel((200, 200))  # type: ignore[misc]
        assert red > 150 > green
    assert b"Foch" not in sent.read_bytes()


async def test_a_photo_that_cannot_be_decoded_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(FilmError) as refusal:
        await Lab().develop(tmp_path / "broken.jpg", (1280, 720), tmp_path / "sent.jpg")
    assert refusal.value.code == "picture_unreadable"
    assert not (tmp_path / "sent.jpg").exists()
