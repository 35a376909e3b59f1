"""Untrusted photos made into working pictures. Runs in a child process only.

A working picture is upright, sRGB, and a fixed amount larger than the frame that it will fill, so
that a move never runs out of pixels and resampling is good: once here, then a gentle bilinear warp
per frame.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from app.film.camera import TIGHTEST_ZOOM, Size, share_shown
from app.film.colour import to_srgb
from app.film.planes import Planes, planes_of
from app.film.values import FilmError
from common.pictures import open_picture

Pixels = NDArray[np.uint8]

#: How much larger than the frame a working picture is. A view close to 1:1 would soften and
#: sharpen in turn as it crosses pixel borders.
_WORKING_SCALE = TIGHTEST_ZOOM * 1.1

#: A picture of which a move would show less than this is shown whole, over a blurred copy.
_LEAST_SHOWN = 0.45

#: From this enlargement on a picture is sharpened; how much, and over how many of its own pixels.
_SOFT_FROM, _SHARPENING, _SHARPENING_REACH = 1.3, 0.45, 0.7

#: EXIF orientations that turn a picture on its side.
_ORIENTATION, _ON_ITS_SIDE = 0x0112, frozenset({5, 6, 7, 8})

#: Where a whole picture lies on its ground: left, top, right, bottom, in shares of the ground. A
#: plan keeps clear of the text at its foot.
_WHOLE_BOX = (0.04, 0.04, 0.96, 0.96)
_PLAN_BOX = (0.07, 0.08, 0.93, 0.68)
#: A picture that is sent away: larger than the clip made of it, and far below the 16 MB allowed.
_SENT_SCALE = 1.5
_SENT_QUALITY = 92

_PAPER = (246, 244, 240)

#: What a plan lies on: dark, so that its title needs no shade over white paper.
_TABLE = (43, 48, 56)
_GROUND_BLUR_SIDE = 96


def working_picture(
    path: Path, frame: Size, *, is_plan: bool, max_megapixels: int, seconds: float = 4.0
) -> Planes:
    """Decode a photo for a frame size, and for the seconds that it is seen.

    A plan is shown whole, on a dark table; any other picture fills the frame, or lies over a
    blurred copy of itself when a move over it would show too little. Raises FilmError
    `picture_unreadable` or `picture_too_large`.
    """
    picture = _open(path, frame, max_megapixels)
    if is_plan:
        table = Image.new("RGB", _canvas_size(frame), _TABLE)
        return planes_of(_laid_on(table, picture, _PLAN_BOX))
    if share_shown(Size(*picture.size), frame, seconds) < _LEAST_SHOWN:
        return planes_of(_laid_on(_blurred_ground(picture, frame), picture, _WHOLE_BOX))
    return planes_of(_scaled(picture, _filling_size(Size(*picture.size), frame)))


def photo_size(path: Path) -> Size:
    """The size of a photo as it is displayed, in pixels; to be asked of decoded photos."""
    with open_picture(path) as opened:
        turned = opened.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
        return Size(*(opened.size[::-1] if turned else opened.size))


def _scaled(picture: Image.Image, size: Size) -> Pixels:
    """The pixels of a picture in another size; one that grows much gets a light unsharp mask.

    It shrinks by Lanczos and grows by bicubic interpolation, which differs from Lanczos by less
    than half a level then and takes a tenth of the time.
    """
    enlarged = size.width / picture.width
    if enlarged < 1:
        return np.asarray(picture.resize(size, Image.Resampling.LANCZOS))
    pixels: Pixels = np.asarray(picture)
    if enlarged >= _SOFT_FROM:
        blurred = cv2.GaussianBlur(pixels, (0, 0), _SHARPENING_REACH)
        pixels = np.asarray(cv2.addWeighted(pixels, 1 + _SHARPENING, blurred, -_SHARPENING, 0))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC))


def develop(path: Path, shape: Size, target: Path, *, max_megapixels: int) -> None:
    """Write the middle of a photo as a JPEG of a shape, upright, in sRGB, and without metadata.

    Where it was taken and by whom stays here. Raises FilmError `picture_unreadable` or
    `picture_too_large`.
    """
    picture = _open(path, shape, max_megapixels)
    wished = Size(*(round(side * _SENT_SCALE) for side in shape))
    cropped = ImageOps.fit(picture, wished, Image.Resampling.LANCZOS)
    cropped.info.clear()
    cropped.save(target, "JPEG", quality=_SENT_QUALITY)


def _open(path: Path, frame: Size, max_megapixels: int) -> Image.Image:
    try:
        with open_picture(path) as opened:
            if opened.width * opened.height > max_megapixels * 1_000_000:
                raise FilmError("picture_too_large", f"more than {max_megapixels} megapixels")
            wanted = _filling_size(Size(*opened.size), Size(max(frame), max(frame)))
            opened.draft(None, wanted)
            opened.load()
            shrink = min(opened.width // wanted.width, opened.height // wanted.height)
            picture = opened.reduce(shrink) if shrink > 1 else opened.copy()
            picture.info.update(opened.info)
            ImageOps.exif_transpose(picture, in_place=True)
            return to_srgb(picture, _PAPER)
    except (OSError, ValueError, SyntaxError, ArithmeticError, MemoryError) as error:
        raise FilmError("picture_unreadable", _reason(error)) from error


def _reason(error: BaseException) -> str:
    """What a decoder said, without the path of our working file."""
    if isinstance(error, UnidentifiedImageError):
        return "not a picture in a known format"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"[:200]


def _filling_size(picture: Size, frame: Size) -> Size:
    scale = max(frame.width / picture.width, frame.height / picture.height) * _WORKING_SCALE
    return Size(_even(picture.width * scale), _even(picture.height * scale))


def _canvas_size(frame: Size) -> Size:
    return Size(_even(frame.width * _WORKING_SCALE), _even(frame.height * _WORKING_SCALE))


def _even(length: float) -> int:
    return max(2, round(length / 2) * 2)


def _blurred_ground(picture: Image.Image, frame: Size) -> Image.Image:
    """The picture filling the canvas, dimmed, and blurred while small: as good, and cheap."""
    canvas = _canvas_size(frame)
    scale = _GROUND_BLUR_SIDE / max(canvas)
    small = ImageOps.fit(picture, (_even(canvas.width * scale), _even(canvas.height * scale)))
    dimmed = small.filter(ImageFilter.GaussianBlur(4)).point(lambda value: value * 0.6)
    return dimmed.resize(canvas, Image.Resampling.BICUBIC)


def _laid_on(
    ground: Image.Image, picture: Image.Image, box: tuple[float, float, float, float]
) -> Pixels:
    """The pixels of a ground with the whole picture in the middle of a box of it."""
    left, right = (round(ground.width * share) for share in box[::2])
    top, bottom = (round(ground.height * share) for share in box[1::2])
    scale = min((right - left) / picture.width, (bottom - top) / picture.height)
    size = Size(*(max(1, round(side * scale)) for side in picture.size))
    corner = ((left + right - size.width) // 2, (top + bottom - size.height) // 2)
    ground.paste(Image.fromarray(_scaled(picture, size)), corner)
    return np.asarray(ground)
