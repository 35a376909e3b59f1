"""Drawings laid over frames: computed once per scene, blended inside their own rectangle."""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from PIL import Image

from app.film.planes import Plane, Planes, planes_of


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
