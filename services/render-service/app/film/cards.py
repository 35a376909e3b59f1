"""The grounds of drawn cards: a picture of the film out of focus, or a quiet one with roofs."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.film.camera import TIGHTEST_ZOOM, Size, visible_part
from app.film.formats import FrameFormat
from app.film.planes import Plane, Planes, planes_of

_Colour = tuple[int, int, int]

#: Top-left and bottom-right of the ground; gold text on the lightest has a contrast over 4.5:1.
_PALETTES: tuple[tuple[_Colour, _Colour], ...] = (
    ((20, 29, 46), (42, 57, 80)),
    ((22, 38, 40), (38, 60, 58)),
    ((44, 36, 34), (64, 54, 46)),
)

#: Roofs as (left, width, wall height, gable height), in shares of the frame's width.
_FAR_ROOFS = ((-0.05, 0.26, 0.16, 0.07), (0.30, 0.20, 0.20, 0.06), (0.62, 0.30, 0.15, 0.08))
_NEAR_ROOFS = ((0.10, 0.24, 0.09, 0.08), (0.44, 0.30, 0.07, 0.09), (0.82, 0.26, 0.10, 0.07))

#: A backdrop is worked on at this many pixels along its longer side, and blurred by so many.
_SOFT_SIDE, _SOFT_BLUR = 320, 5.0

#: Luma of a backdrop over black: gold text on the lightest (grey 78) has a contrast over 4.5:1.
_BACKDROP_LIGHTEST, _BACKDROP_TYPICAL = 65.0, 48.0
_BACKDROP_COLOUR = 0.9


def drawn_ground(palette: int, frame: FrameFormat) -> Planes:
    """A gradient with roofs, a little larger than the frame so that the camera can move over it.

    It is soft, so half its size is enough to draw it; the grain that keeps the gradient from
    banding is drawn in full.
    """
    half = Size(*(round(side * TIGHTEST_ZOOM / 2) for side in (frame.width, frame.height)))
    first, last = (np.array(colour, np.float32) for colour in _PALETTES[palette % len(_PALETTES)])
    across = np.linspace(0, 0.45, half.width, dtype=np.float32)[np.newaxis, :]
    down = np.linspace(0, 0.55, half.height, dtype=np.float32)[:, np.newaxis]
    light = 1 + 0.14 * _roofs(_FAR_ROOFS, half) + 0.20 * _roofs(_NEAR_ROOFS, half)
    ground = (first + (last - first) * (across + down)[..., np.newaxis]) * light[..., np.newaxis]
    full = cv2.resize(ground, (2 * half.width, 2 * half.height))
    grain = np.random.default_rng(palette).random(full.shape[:2], np.float32)
    return planes_of((full + grain[..., np.newaxis]).astype(np.uint8))


def backdrop(picture: Planes, frame: FrameFormat) -> Planes:
    """A picture out of focus and dimmed until text stands on it, larger than the frame as well."""
    size = Size(*(round(side * TIGHTEST_ZOOM / 2) * 2 for side in (frame.width, frame.height)))
    ground = Planes.blank(size)
    luma = _soft(picture, picture.y, size) - 16
    lightest, typical = np.percentile(luma, 99.5), np.median(luma)
    gain = min(
        _BACKDROP_LIGHTEST / max(float(lightest), 1), _BACKDROP_TYPICAL / max(float(typical), 1), 1
    )
    dimmed = (luma * gain).clip(0, _BACKDROP_LIGHTEST) + 16
    grain = np.random.default_rng(0).random(ground.y.shape, np.float32)
    ground.y[:] = cv2.resize(dimmed, size, interpolation=cv2.INTER_CUBIC) + grain
    half = (size.width // 2, size.height // 2)
    for source, target in ((picture.u, ground.u), (picture.v, ground.v)):
        colour = (_soft(picture, source, size) - 128) * _BACKDROP_COLOUR * gain**0.5 + 128
        target[:] = cv2.resize(colour, half).round()
    return ground


def _soft(picture: Planes, plane: Plane, size: Size) -> NDArray[np.floating]:
    """The middle of a plane in the shape of `size`, small and out of focus."""
    part_x, part_y = visible_part(picture.size, size)
    height, width = plane.shape
    across, down = max(1, round(width * part_x)), max(1, round(height * part_y))
    left, top = (width - across) // 2, (height - down) // 2
    scale = _SOFT_SIDE / max(size)
    small = cv2.resize(
        plane[top : top + down, left : left + across],
        (max(1, round(size.width * scale)), max(1, round(size.height * scale))),
        interpolation=cv2.INTER_AREA,
    )
    return np.asarray(cv2.GaussianBlur(small.astype(np.float32), (0, 0), _SOFT_BLUR))


def _roofs(roofs: tuple[tuple[float, float, float, float], ...], size: Size) -> NDArray[np.float32]:
    """The silhouette of a row of houses at the foot of the ground, 0–1, with soft edges."""
    unit, twice = max(size) / 0.8, Size(size.width * 2, size.height * 2)
    mask = Image.new("L", twice)
    draw = ImageDraw.Draw(mask)
    for left, width, wall, gable in roofs:
        x, foot = left * twice.width, twice.height
        right = x + width * unit
        eaves = foot - wall * unit
        ridge = (x + right) / 2, eaves - gable * unit
        draw.polygon([(x, foot), (x, eaves), ridge, (right, eaves), (right, foot)], fill=255)
    soft = mask.resize(size, Image.Resampling.BOX)
    return np.asarray(soft, np.float32) / np.float32(255)
