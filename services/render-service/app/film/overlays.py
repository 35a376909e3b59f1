"""Drawn text laid over frames: computed once per scene, blended inside its own rectangle."""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from PIL import Image, ImageDraw

from app.film.formats import FrameFormat
from app.film.planes import Plane, Planes, planes_of
from app.film.typography import TextBlock, fit_text

#: White text on grey levels up to this one has a contrast of 4.5:1 (WCAG 2.2, 1.4.3): relative
#: luminance (1.05 / 4.5) − 0.05 = 0.183, which sRGB writes as 118; a little is kept in hand.
_DARK_ENOUGH = 114
_LIGHTEST_SCRIM = 0.30
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What to keep of a frame and what to add, per plane, from (x, y), both even."""

    x: int
    y: int
    keep_luma: Plane
    keep_chroma: Plane
    added: Planes

    @classmethod
    def of(cls, drawing: Image.Image, x: int, y: int) -> Self:
        """From an RGBA drawing of even sides."""
        rgba = np.asarray(drawing)
        colours = planes_of(np.ascontiguousarray(rgba[..., :3]))
        alpha = np.ascontiguousarray(rgba[..., 3])
        half = (drawing.width // 2, drawing.height // 2)
        alpha_chroma = np.empty((half[1], half[0]), np.uint8)
        cv2.resize(alpha, half, dst=alpha_chroma, interpolation=cv2.INTER_AREA)
        for plane, cover in (
            (colours.y, alpha),
            (colours.u, alpha_chroma),
            (colours.v, alpha_chroma),
        ):
            cv2.multiply(plane, cover, dst=plane, scale=1 / 255)
        return cls(x, y, 255 - alpha, 255 - alpha_chroma, colours)

    def blend(self, frame: Planes, opacity: float) -> None:
        """Lay it over the frame, with an opacity of 0–1."""
        x, y, half_x, half_y = self.x, self.y, self.x // 2, self.y // 2
        self._blend_plane(frame.y, (x, y), self.keep_luma, self.added.y, opacity)
        self._blend_plane(frame.u, (half_x, half_y), self.keep_chroma, self.added.u, opacity)
        self._blend_plane(frame.v, (half_x, half_y), self.keep_chroma, self.added.v, opacity)

    @staticmethod
    def _blend_plane(
        plane: Plane, origin: tuple[int, int], keep: Plane, add: Plane, opacity: float
    ) -> None:
        height, width = keep.shape
        below = plane[origin[1] : origin[1] + height, origin[0] : origin[0] + width]
        if opacity < 1:
            keep = _scaled(keep, opacity, 255 * (1 - opacity))
            add = _scaled(add, opacity, 0)
        kept = cv2.multiply(below, keep, scale=1 / 255)
        cv2.add(kept, add, dst=below)


def _scaled(plane: Plane, factor: float, more: float) -> Plane:
    scaled = np.empty_like(plane)
    cv2.convertScaleAbs(plane, dst=scaled, alpha=factor, beta=more)
    return scaled


def lower_text(text: str, frame: FrameFormat, brightness: int) -> Overlay:
    """Text at the foot of the safe area over a scrim just dark enough for it.

    `brightness` is the lightest grey level (0–255) of the picture that passes under the text.
    """
    safe = frame.safe_area
    largest = frame.height // (20 if frame.is_tall else 16)
    block = fit_text(
        text,
        weight="SemiBold",
        width=safe.width,
        height=safe.height // 3,
        largest=largest,
        smallest=-(-frame.height // 24),
    )
    text_top = safe.bottom - block.height
    top = max(0, text_top - frame.height // 8) // 2 * 2
    darkest = max(_LIGHTEST_SCRIM, 1 - _DARK_ENOUGH / max(brightness, 1))
    scrim = _scrim((frame.width, frame.height - top), text_top - top, darkest)
    draw_block(ImageDraw.Draw(scrim), block, safe.left, text_top - top)
    return Overlay.of(scrim, 0, top)


def draw_block(draw: ImageDraw.ImageDraw, block: TextBlock, left: int, top: int) -> None:
    """Draw lines of white text, flush left, from a corner in pixels."""
    for number, line in enumerate(block.lines):
        baseline = top + round(block.line_height * (number + 0.78))
        draw.text((left, baseline), line, font=block.font, fill=_WHITE, anchor="ls")


def _scrim(size: tuple[int, int], solid_from: int, darkest: float) -> Image.Image:
    """Black that comes up softly until the row `solid_from` and stays."""
    width, height = size
    rows = np.clip(np.arange(height) / max(solid_from, 1), 0, 1)
    alpha = rows * rows * (3 - 2 * rows) * darkest * 255
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 3] = np.ceil(alpha)[:, np.newaxis].astype(np.uint8)
    return Image.fromarray(pixels)
