"""Doing to the pixels of a photo what `grading` decided."""

import cv2
import numpy as np

from app.film.grading import Grade
from app.film.planes import Planes


def graded(picture: Planes, grade: Grade) -> Planes:
    """A graded copy. Black and white stay where they are: nothing is clipped that was not."""
    copy = Planes.blank(picture.size)
    level = np.clip((np.arange(256) - 16) / 219, 0, 1)
    curve = (16 + 219 * level**grade.exponent).round().astype(np.uint8)
    cv2.LUT(picture.y, curve, dst=copy.y)
    for plane, target, shift in (
        (picture.u, copy.u, grade.shift_u),
        (picture.v, copy.v, grade.shift_v),
    ):
        cv2.LUT(plane, np.clip(np.arange(256) + shift, 16, 240).astype(np.uint8), dst=target)
    return copy
