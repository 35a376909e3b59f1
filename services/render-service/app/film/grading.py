"""Matching the photos of one film: a little exposure, a little white balance, the same for all
pixels of a photo. What is in a picture is never altered.

Here it is decided how; `toning` does it to the pixels, in the children.
"""

import math
from collections.abc import Collection, Mapping
from statistics import fmean, median

from app.film.looks import Look
from app.film.values import Value

#: Median luma that photos are drawn towards, together with that of the other photos.
_WELL_EXPOSED = 0.5

#: How much of the way each photo goes, and the most it may be moved (luma 0–1, chroma levels).
_EXPOSURE_STRENGTH, _MOST_EXPOSURE = 0.4, 0.07
_BALANCE_STRENGTH, _MOST_BALANCE = 0.5, 6.0

#: The cast that a film keeps: evening light is part of a place.
_KEPT_CAST = 0.35


class Grade(Value):
    """A curve on luma (an exponent) and a shift of both chroma planes, in levels."""

    exponent: float = 1.0
    shift_u: int = 0
    shift_v: int = 0


class FilmLight(Value):
    """What the photos of a film are drawn towards: median luma (0–1), and the cast in levels."""

    target: float
    cast_u: float
    cast_v: float


def light_of(looks: Collection[Look]) -> FilmLight | None:
    """The light that suits all photos of a film; None without any."""
    if not looks:
        return None
    film_light = fmean(look.light for look in looks)
    return FilmLight(
        target=(film_light + _WELL_EXPOSED) / 2,
        cast_u=_KEPT_CAST * median(look.cast_u for look in looks),
        cast_v=_KEPT_CAST * median(look.cast_v for look in looks),
    )


def grades(looks: Mapping[int, Look], light: FilmLight | None) -> dict[int, Grade]:
    """How to grade each photo so that they look taken on one day; not at all without a light."""
    if light is None:
        return {}
    return {
        position: Grade(
            exponent=_exponent(look.light, light.target),
            shift_u=_shift(look.cast_u, light.cast_u),
            shift_v=_shift(look.cast_v, light.cast_v),
        )
        for position, look in looks.items()
    }


def _exponent(light: float, target: float) -> float:
    """The exponent that takes a median part of the way to the target; 1 for the all but black."""
    if not 0.05 < light < 0.95:
        return 1.0
    step = _at_most(_MOST_EXPOSURE, _EXPOSURE_STRENGTH * (target - light))
    return round(math.log(light + step) / math.log(light), 3)


def _shift(cast: float, target: float) -> int:
    if cast == 0.0:
        return 0
    return round(_at_most(_MOST_BALANCE, _BALANCE_STRENGTH * (target - cast)))


def _at_most(limit: float, step: float) -> float:
    """The step, cut to the limit in either direction."""
    return max(-limit, min(limit, step))
