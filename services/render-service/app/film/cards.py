"""Drawn cards: a quiet ground with roofs, a title, a rule, a line of text."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.film.camera import TIGHTEST_ZOOM, Size
from app.film.formats import FrameFormat
from app.film.overlays import Overlay, draw_block
from app.film.planes import Planes, planes_of
from app.film.typography import drawable, fit_text

_Colour = tuple[int, int, int]

#: Top-left and bottom-right of the ground; white text on the lightest has a contrast over 5:1.
_PALETTES: tuple[tuple[_Colour, _Colour], ...] = (
    ((20, 29, 46), (52, 72, 98)),
    ((22, 38, 40), (54, 84, 82)),
    ((44, 36, 34), (96, 80, 68)),
)
_RULE = (214, 178, 112, 255)

#: Roofs as (left, width, wall height, gable height), in shares of the frame's width.
_FAR_ROOFS = ((-0.05, 0.26, 0.16, 0.07), (0.30, 0.20, 0.20, 0.06), (0.62, 0.30, 0.15, 0.08))
_NEAR_ROOFS = ((0.10, 0.24, 0.09, 0.08), (0.44, 0.30, 0.07, 0.09), (0.82, 0.26, 0.10, 0.07))


def card_ground(palette: int, frame: FrameFormat) -> Planes:
    """The ground of a card, a little larger than the frame so that the camera can move over it.

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


def card_text(title: str, text: str, frame: FrameFormat) -> Overlay:
    """Title, rule and text, flush left, in the middle of the safe area.

    A text that says the same as the title is not said twice.
    """
    safe = frame.safe_area
    smallest = -(-frame.height // 24)
    unit = min(frame.width, frame.height)
    width = safe.width - unit // 10
    heading = fit_text(
        title or text,
        weight="Bold",
        width=width,
        height=safe.height // 2,
        largest=max(unit // 9, smallest),
        smallest=smallest,
    )
    line = fit_text(
        "" if drawable(text) == drawable(title) or not title else text,
        weight="Medium",
        width=width,
        height=safe.height // 3,
        largest=max(unit // 17, smallest),
        smallest=smallest,
    )
    gap = unit // 22
    height = heading.height + 2 * gap + unit // 120 + line.height
    top = (safe.top + (safe.height - height) // 2) // 2 * 2
    drawing = Image.new("RGBA", (frame.width, (height + 3) // 2 * 2), (255, 255, 255, 0))
    draw = ImageDraw.Draw(drawing)
    left = safe.left + unit // 20
    draw_block(draw, heading, left, 0)
    rule_top = heading.height + gap
    draw.rectangle((left, rule_top, left + unit // 8, rule_top + unit // 160), fill=_RULE)
    draw_block(draw, line, left, rule_top + gap)
    return Overlay.of(drawing, 0, top)
