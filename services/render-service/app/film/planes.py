"""Pictures as Y, U and V planes (BT.709, tv range, 4:2:0): what x264 eats, so nothing is converted.

A working picture is warped plane by plane straight into the frame's buffer. Sample positions are
kept: source chroma is averaged, so it sits in the middle of its 2×2 pixels; H.264 chroma sits at
their left edge (ITU-T H.264, figure E-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from app.film.camera import Size, Viewport, visible_part

Plane = NDArray[np.uint8]

#: R'G'B' 0–255 → Y'CbCr tv range (ITU-R BT.709-6, items 3.2–3.4).
_BT709 = np.array(
    [
        [0.182586, 0.614231, 0.062007, 16.0],
        [-0.100644, -0.338572, 0.439216, 128.0],
        [0.439216, -0.398942, -0.040274, 128.0],
    ]
)
_SRGB = np.linalg.inv(_BT709[:, :3])
_WARP = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True, slots=True)
class Planes:
    """Three planes over one flat I420 buffer; U and V have half the sides of Y."""

    buffer: Plane
    y: Plane
    u: Plane
    v: Plane

    @classmethod
    def over(cls, buffer: Plane, size: Size) -> Self:
        """The planes of a flat I420 buffer of width × height × 3/2 bytes."""
        luma, chroma = size.width * size.height, size.width * size.height // 4
        half = (size.height // 2, size.width // 2)
        return cls(
            buffer=buffer,
            y=buffer[:luma].reshape(size.height, size.width),
            u=buffer[luma : luma + chroma].reshape(half),
            v=buffer[luma + chroma :].reshape(half),
        )

    @classmethod
    def blank(cls, size: Size) -> Self:
        """A buffer to draw into; its content is not set."""
        return cls.over(np.empty(size.width * size.height * 3 // 2, np.uint8), size)

    @classmethod
    def load(cls, path: Path, size: Size) -> Self:
        """A working picture written by `save`, mapped rather than read."""
        return cls.over(np.load(path, mmap_mode="r"), size)

    def save(self, path: Path) -> None:
        """Keep the buffer as .npy."""
        with path.open("wb") as file:
            np.save(file, self.buffer)

    def halved(self) -> "Planes":
        """A copy of half the size, each pixel the mean of four."""
        small = Planes.blank(Size(*(side // 4 * 2 for side in self.size)))
        for plane, target in ((self.y, small.y), (self.u, small.u), (self.v, small.v)):
            height, width = target.shape
            cv2.resize(plane, (width, height), dst=target, interpolation=cv2.INTER_AREA)
        return small

    @property
    def size(self) -> Size:
        """The size of Y in pixels."""
        height, width = self.y.shape
        return Size(width, height)


def planes_of(rgb: NDArray[np.uint8]) -> Planes:
    """The planes of an sRGB picture (height × width × 3, even sides)."""
    height, width = rgb.shape[:2]
    planes = Planes.blank(Size(width, height))
    y, u, v = cv2.split(cv2.transform(rgb, _BT709))
    planes.y[:] = y
    half = (width // 2, height // 2)
    planes.u[:] = cv2.resize(u, half, interpolation=cv2.INTER_AREA)
    planes.v[:] = cv2.resize(v, half, interpolation=cv2.INTER_AREA)
    return planes


def rgb_of(planes: Planes) -> NDArray[np.uint8]:
    """The sRGB picture (height × width × 3) of planes."""
    size = planes.size
    chroma = [
        cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (planes.u, planes.v)
    ]
    stacked = cv2.merge([planes.y, *chroma])
    offsets = _SRGB @ _BT709[:, 3:]
    return np.asarray(cv2.transform(stacked, np.hstack([_SRGB, -offsets])))


class View(NamedTuple):
    """Where a frame lies in a picture: pixels per pixel, and the place of its first samples."""

    step: float
    luma: tuple[float, float]
    chroma: tuple[float, float]


def view_of(picture: Size, viewport: Viewport, frame: Size) -> View:
    """Where a viewport lies in a picture, in samples of its planes."""
    part_x, part_y = visible_part(picture, frame)
    width = picture.width * part_x / viewport.zoom
    height = picture.height * part_y / viewport.zoom
    left = picture.width * viewport.x - width / 2
    top = picture.height * viewport.y - height / 2
    step = width / frame.width
    return View(
        step=step,
        luma=(left + (step - 1) / 2, top + (step - 1) / 2),
        chroma=((left + step / 2 - 1) / 2, (top + step - 1) / 2),
    )


def warp(picture: Planes, viewport: Viewport, frame: Planes) -> None:
    """Fill the frame with the viewport's part of the picture, to a fraction of a pixel."""
    view = view_of(picture.size, viewport, frame.size)
    warp_plane(picture.y, view.step, view.luma, frame.y)
    warp_plane(picture.u, view.step, view.chroma, frame.u)
    warp_plane(picture.v, view.step, view.chroma, frame.v)


def warp_plane(source: Plane, step: float, origin: Sequence[float], target: Plane) -> None:
    """Fill a plane with samples `step` apart, the first of them at `origin`."""
    matrix = np.array([[step, 0, origin[0]], [0, step, origin[1]]])
    cv2.warpAffine(
        source,
        matrix,
        (target.shape[1], target.shape[0]),
        dst=target,
        flags=_WARP,
        borderMode=cv2.BORDER_REPLICATE,
    )


def mix(before: Planes, after: Planes, share: float, frame: Planes) -> None:
    """Cross-fade: `share` (0–1) of `after`, the rest of `before`."""
    cv2.addWeighted(before.buffer, 1 - share, after.buffer, share, 0, dst=frame.buffer)
