from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from app.film.camera import Size
from app.film.pictures import photo_size, working_picture
from app.film.planes import Planes
from app.film.values import FilmError
from tests.film.stage import quarters

FRAME = Size(192, 108)


def _decode(path: Path, *, is_plan: bool = False, frame: Size = FRAME) -> Planes:
    return working_picture(path, frame, is_plan=is_plan, max_megapixels=1)


def _corners(picture: Planes) -> list[int]:
    """Luma near the corners: top left, top right, bottom left, bottom right."""
    height, width = picture.y.shape
    rows, columns = (height // 8, height - height // 8), (width // 8, width - width // 8)
    return [int(picture.y[row, column]) for row in rows for column in columns]


def _luma(red: int, green: int, blue: int) -> float:
    """BT.709 in tv range (ITU-R BT.709-6, items 3.2 and 3.4)."""
    return 16 + 219 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


UPRIGHT = [_luma(200, 30, 30), _luma(30, 160, 60), _luma(30, 60, 200), _luma(240, 240, 240)]
#: Grey levels come from Pillow's ITU-R 601 weights.
GREY = [
    16 + 219 * (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    for red, green, blue in ((200, 30, 30), (30, 160, 60), (30, 60, 200), (240, 240, 240))
]


def _sixteen_bits(picture: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright_whatever_its_exif_orientation(tmp_path: Path, orientation: int) -> None:
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = quarters() if stored is None else quarters().transpose(stored)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    decoded = _decode(tmp_path / "photo.jpg")
    assert decoded.size.width / decoded.size.height == pytest.approx(1.5, abs=0.02)
    assert _corners(decoded) == pytest.approx(UPRIGHT, abs=5)


@pytest.mark.parametrize(
    ("name", "convert", "expected"),
    [
        ("cmyk.jpg", lambda picture: picture.convert("CMYK"), UPRIGHT),
        ("palette.png", lambda picture: picture.quantize(16), UPRIGHT),
        ("grey.png", lambda picture: picture.convert("L"), GREY),
        ("grey16.png", _sixteen_bits, GREY),
        ("alpha.png", lambda picture: picture.convert("RGBA"), UPRIGHT),
        ("still.webp", lambda picture: picture, UPRIGHT),
    ],
)
def test_every_kind_of_pixel_comes_out_in_its_colours(
    tmp_path: Path,
    name: str,
    convert: Callable[[Image.Image], Image.Image],
    expected: list[int],
) -> None:
    convert(quarters()).save(tmp_path / name)
    assert _corners(_decode(tmp_path / name)) == pytest.approx(expected, abs=8)


def test_transparent_parts_show_paper_not_black(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert min(_corners(_decode(tmp_path / "clear.png"))) > 200


def test_a_profile_is_followed(tmp_path: Path) -> None:
    """L* 50 of a Lab profile is a middle grey in sRGB (119), which is 118 in tv-range luma."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    Image.new("LAB", (300, 200), (128, 128, 128)).save(tmp_path / "lab.tif", icc_profile=profile)
    assert _corners(_decode(tmp_path / "lab.tif"))[0] == pytest.approx(118, abs=3)


def test_a_damaged_profile_costs_nothing_but_itself(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo.png", icc_profile=b"not a profile")
    assert _corners(_decode(tmp_path / "photo.png")) == pytest.approx(UPRIGHT, abs=5)


def test_a_plan_is_shown_whole_on_a_dark_table(tmp_path: Path) -> None:
    Image.new("RGB", (100, 200), (250, 250, 250)).save(tmp_path / "plan.png")
    plan = _decode(tmp_path / "plan.png", is_plan=True)
    assert plan.size.width / plan.size.height == pytest.approx(192 / 108, abs=0.03)
    paper = plan.y > 200
    rows, columns = np.flatnonzero(paper.any(axis=1)), np.flatnonzero(paper.any(axis=0))
    assert rows.size == pytest.approx(2 * columns.size, abs=2)
    assert rows.max() < plan.size.height * 0.7
    assert plan.y[-1, 0] < 80


def test_a_picture_of_extreme_shape_is_shown_whole(tmp_path: Path) -> None:
    Image.new("RGB", (900, 100), (250, 250, 250)).save(tmp_path / "strip.png")
    strip = _decode(tmp_path / "strip.png")
    columns = np.flatnonzero((strip.y > 200).any(axis=0))
    assert columns.size == pytest.approx(strip.size.width * 0.92, abs=3)


def test_a_wide_photo_is_shown_whole_in_a_tall_film_when_time_is_too_short_to_pan(
    tmp_path: Path,
) -> None:
    Image.new("RGB", (320, 180), (250, 250, 250)).save(tmp_path / "wide.png")
    tall = Size(108, 192)
    short, long = (
        working_picture(
            tmp_path / "wide.png", tall, is_plan=False, max_megapixels=1, seconds=seconds
        )
        for seconds in (1.5, 5.0)
    )
    assert short.size.height > short.size.width
    assert long.size.width > long.size.height


def test_an_enlarged_photo_is_sharpened_a_little(tmp_path: Path) -> None:
    edge = np.full((90, 160, 3), 90, np.uint8)
    edge[:, 80:] = 160
    Image.fromarray(edge).save(tmp_path / "small.png")
    Image.fromarray(edge).resize((480, 270)).save(tmp_path / "large.png")
    small, large = (_decode(tmp_path / name) for name in ("small.png", "large.png"))
    assert int(small.y.max()) > int(large.y.max())


def test_the_size_of_a_photo_is_that_of_its_display(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    quarters().save(tmp_path / "photo.jpg", exif=exif)
    assert photo_size(tmp_path / "photo.jpg") == Size(200, 300)


def _truncated(path: Path) -> None:
    quarters().save(path, format="JPEG")
    path.write_bytes(path.read_bytes()[:900])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("not a picture"),
        _truncated,
        Path.exists,
    ],
    ids=["empty", "text", "truncated", "absent"],
)
def test_what_cannot_be_decoded_is_refused_with_a_reason(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / "photo.jpg"
    spoil(path)
    with pytest.raises(FilmError) as refusal:
        _decode(path)
    assert refusal.value.code == "picture_unreadable"
    assert str(tmp_path) not in refusal.value.detail


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    Image.new("1", (1001, 1000)).save(tmp_path / "large.png")
    with pytest.raises(FilmError) as refusal:
        _decode(tmp_path / "large.png")
    assert refusal.value.code == "picture_too_large"
