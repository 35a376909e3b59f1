"""The shade under text over a picture: as dark as what passes under the text asks for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.film.camera import Move, Size, visible_part
from app.film.formats import FrameFormat, SafeArea
from app.film.planes import Plane, Planes

#: White text on grey levels up to this one has a contrast of 4.5:1 (WCAG 2.2, 1.4.3): relative
#: luminance (1.05 / 4.5) − 0.05 = 0.183, which sRGB writes as 118; a little is kept in hand.
_DARK_ENOUGH = 112
_LIGHTEST = 0.22

#: The share of the ground under a text that may be lighter than what the shade is made for.
_GLINTS = 1.5

#: What stays of the shade at the far side of a wide frame, and at the foot.
_FAR_SIDE, _FOOT = 0.35, 0.55


@dataclass(frozen=True, slots=True)
class Ground:
    """What passes under text: a picture and the camera's move over it, in a frame of a size."""

    picture: Planes
    move: Move
    frame: Size

    def lightest(self, box: SafeArea) -> int:
        """The lightest grey level (0–255) that passes under a box of the frame."""
        lightest = max(
            float(np.percentile(self._under(box, step / 4), 100 - _GLINTS)) for step in range(5)
        )
        return round((lightest - 16) * 255 / 219)

    def detail(self, box: SafeArea) -> float:
        """How much there is to see under a box of the frame, half-way through the move."""
        under = self._under(box, 0.5).astype(np.float32)
        return float(np.abs(np.diff(under, axis=0)).mean() + np.abs(np.diff(under, axis=1)).mean())

    def _under(self, box: SafeArea, progress: float) -> Plane:
        """The luma under a box, in about sixty samples each way."""
        size, view = self.picture.size, self.move.at(progress)
        part_x, part_y = visible_part(size, self.frame)
        width, height = part_x / view.zoom, part_y / view.zoom
        left, top = view.x - width / 2, view.y - height / 2
        columns = _span(left, width, box.left / self.frame.width, box.right / self.frame.width)
        rows = _span(top, height, box.top / self.frame.height, box.bottom / self.frame.height)
        return self.picture.y[_pixels(rows, size.height), _pixels(columns, size.width)]


def _span(start: float, length: float, first: float, last: float) -> tuple[float, float]:
    return start + length * first, start + length * last


def _pixels(span: tuple[float, float], side: int) -> slice:
    """About sixty samples of a span of a side; at least two."""
    first = min(max(int(span[0] * side), 0), side - 2)
    last = min(max(int(span[1] * side), first + 2), side)
    return slice(first, last, max((last - first) // 60, 1))


def darkness(lightest: int) -> float:
    """How much of the light (0–1) a shade has to take for white text to stand out."""
    return max(_LIGHTEST, 1 - _DARK_ENOUGH / max(lightest, 1))


def shade(frame: FrameFormat, top: int, box: SafeArea, strength: float) -> NDArray[np.uint8]:
    """Black as RGBA, from the row `top` to the foot of the frame, full under the box.

    It comes up softly from above and thins out towards the far side and the foot, so that the
    picture is not lost behind a slab.
    """
    rows = np.arange(top, frame.height, dtype=np.float32)
    margin = frame.short_side / 40
    up = _smooth((rows - top) / max(box.top - margin - top, 1))
    below = _smooth((rows - box.bottom - margin) / max(frame.height - box.bottom - margin, 1))
    columns = np.arange(frame.width, dtype=np.float32)
    aside = _smooth((columns - box.right - margin) / (frame.width * 0.4))
    down_weight = up * (1 - (1 - _FOOT) * below)
    across_weight = 1 - (1 - _FAR_SIDE) * aside
    alpha = np.ceil(255 * strength * np.outer(down_weight, across_weight))
    pixels = np.zeros((*alpha.shape, 4), np.uint8)
    pixels[..., 3] = alpha
    return pixels


def shade_from_above(
    frame: FrameFormat, bottom: int, box: SafeArea, strength: float
) -> NDArray[np.uint8]:
    """The same from the head of the frame down to the row `bottom`."""
    mirrored = SafeArea(
        left=box.left,
        top=frame.height - box.bottom,
        right=box.right,
        bottom=frame.height - box.top,
    )
    return shade(frame, frame.height - bottom, mirrored, strength)[::-1]


def _smooth(share: NDArray[np.float32]) -> NDArray[np.float32]:
    clipped = np.clip(share, 0, 1)
    return clipped * clipped * (3 - 2 * clipped)
