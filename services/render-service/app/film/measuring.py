"""Measuring how a working picture looks."""

import cv2
import numpy as np
from numpy.typing import NDArray

from app.film.looks import Look
from app.film.planes import Planes

#: The side of the square on which saliency is found, as Hou and Zhang found it for their method.
_SALIENCY_SIDE = 64
_STATISTICS_SIDE = 256

#: How far from the middle (in sides) a viewer still looks first.
_CENTRE_BIAS = 0.33

#: The share of the most salient area that is taken to be what a picture is about.
_MOST_SALIENT = 0.06

#: Chroma this close to grey, on luma neither black nor burnt, belongs to something neutral.
_NEARLY_GREY, _DARKEST, _LIGHTEST = 22, 50, 215
_FEWEST_NEUTRALS = 0.04


def look_at(picture: Planes) -> Look:
    """Measure a picture."""
    luma, u, v = (_small(plane) for plane in (picture.y, picture.u, picture.v))
    focus_x, focus_y = _focus(luma)
    cast_u, cast_v = _cast(luma, u, v)
    level = np.clip((luma - 16) / 219, 0, 1)
    return Look(
        focus_x=round(focus_x, 3),
        focus_y=round(focus_y, 3),
        light=round(float(np.median(level)), 4),
        cast_u=round(cast_u, 2),
        cast_v=round(cast_v, 2),
        clipped=round(float(np.mean((level < 0.02) | (level > 0.98))), 4),
        sharpness=round(float(cv2.Laplacian(luma, cv2.CV_32F).var()), 2),
    )


def _small(plane: NDArray[np.uint8]) -> NDArray[np.float32]:
    side = (_STATISTICS_SIDE, _STATISTICS_SIDE)
    return cv2.resize(plane, side, interpolation=cv2.INTER_AREA).astype(np.float32)


def _focus(luma: NDArray[np.float32]) -> tuple[float, float]:
    """The middle of the most salient area.

    Spectral residual: X. Hou and L. Zhang, "Saliency Detection: A Spectral Residual Approach",
    CVPR 2007, weighted towards the middle.
    """
    side = _SALIENCY_SIDE
    small = cv2.resize(luma, (side, side), interpolation=cv2.INTER_AREA)
    spectrum = np.fft.fft2(small)
    amplitude = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = amplitude - cv2.blur(amplitude, (3, 3))
    saliency = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    smooth = cv2.GaussianBlur(saliency.astype(np.float32), (0, 0), 4)
    place = (np.arange(side) + 0.5) / side
    bias = np.exp(-((place - 0.5) ** 2) / (2 * _CENTRE_BIAS**2))
    weight = smooth * np.outer(bias, bias)
    weight = np.where(weight >= np.quantile(weight, 1 - _MOST_SALIENT), weight, 0)
    total = float(weight.sum())
    if not np.isfinite(total) or total <= 0:
        return 0.5, 0.5
    return float((weight.sum(axis=0) @ place) / total), float((weight.sum(axis=1) @ place) / total)


def _cast(
    luma: NDArray[np.float32], u: NDArray[np.float32], v: NDArray[np.float32]
) -> tuple[float, float]:
    grey = (np.hypot(u - 128, v - 128) < _NEARLY_GREY) & (luma > _DARKEST) & (luma < _LIGHTEST)
    if grey.mean() < _FEWEST_NEUTRALS:
        return 0.0, 0.0
    return float(u[grey].mean() - 128), float(v[grey].mean() - 128)
