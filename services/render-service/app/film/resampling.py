"""Moving over a picture to a fraction of a pixel, at the speed of a plain resize.

`planes.warp` is exact and costs more than half of what x264 takes for a frame. OpenCV's `resize` is
twice as fast but begins at whole pixels: its pixel x lies at (x + ½)·step − ½ of the source. So it
is made to begin a few pixels further to the left and above, as many as bring a whole pixel of the
source to where the view begins, and what is too much is cut off. Where no beginning comes within
1/32 of a pixel (the precision of OpenCV's own warps), the exact warp is used.
"""

import cv2
import numpy as np

from app.film.camera import Viewport
from app.film.planes import Plane, Planes, view_of, warp_plane

#: How many pixels earlier a resize may begin, and the nearness to the wished place that it needs.
_HEAD_START = 48
_NEAR_ENOUGH = 1 / 32

#: Pixels after the last one, so that none of those kept lies on the edge of the resized part.
_TAIL = 2

#: Pixels added around a picture, by repeating its edge, for the head start of views at the edge.
_BORDER = 96

_STARTS = np.arange(_HEAD_START + 1) + 0.5


class Resampler:
    """Draws views of one picture."""

    def __init__(self, picture: Planes) -> None:
        self._size = picture.size
        self._bordered = [
            np.pad(plane, _BORDER, mode="edge") for plane in (picture.y, picture.u, picture.v)
        ]
        self._scratch: dict[tuple[int, int], Plane] = {}

    def draw(self, viewport: Viewport, frame: Planes) -> None:
        """Fill the frame with the viewport's part of the picture (as `planes.warp` does)."""
        view = view_of(self._size, viewport, frame.size)
        origins = (view.luma, view.chroma, view.chroma)
        targets = (frame.y, frame.u, frame.v)
        for source, origin, target in zip(self._bordered, origins, targets, strict=True):
            begin = (origin[0] + _BORDER, origin[1] + _BORDER)
            if not self._resized(source, view.step, begin, target):
                warp_plane(source, view.step, begin, target)

    def _resized(
        self, source: Plane, step: float, origin: tuple[float, float], target: Plane
    ) -> bool:
        """Fill the target by a resize; False when none begins near enough."""
        height, width = target.shape
        (head_x, first_x), (head_y, first_y) = (_beginning(begin, step) for begin in origin)
        taken = (height + _HEAD_START + _TAIL, width + _HEAD_START + _TAIL)
        last_y, last_x = first_y + round(taken[0] * step), first_x + round(taken[1] * step)
        inside = last_y <= source.shape[0] and last_x <= source.shape[1]
        if min(head_x, head_y, first_x, first_y) < 0 or not inside:
            return False
        scratch = self._scratch.setdefault(target.shape, np.empty(taken, np.uint8))
        resized = cv2.resize(
            source[first_y:last_y, first_x:last_x],
            None,
            dst=scratch,
            fx=1 / step,
            fy=1 / step,
            interpolation=cv2.INTER_LINEAR,
        )
        target[:] = resized[head_y : head_y + height, head_x : head_x + width]
        return True


def _beginning(origin: float, step: float) -> tuple[int, int]:
    """The head start, and the source pixel that then lies where the view begins; −1 for none."""
    places = origin + 0.5 - _STARTS * step
    whole = np.rint(places)
    distances = np.abs(places - whole)
    head = int(distances.argmin())
    return (head, int(whole[head])) if distances[head] <= _NEAR_ENOUGH else (-1, -1)
