"""Frame sizes and rates of the render profiles, their encoding, and the safe areas for text."""

import math
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from app.film.values import Value
from contracts.render import AspectRatio, RenderProfile


class Encoding(Value):
    """How x264 encodes: its preset, and its constant rate factor (lower is better)."""

    preset: str
    crf: int


class SafeArea(Value):
    """Where drawn text may stand, in pixels; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


class FrameFormat(Value):
    """The picture of a film: even width and height in pixels, constant frames per second."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: int = Field(gt=0)
    encoding: Encoding = Encoding(preset="veryfast", crf=18)

    @model_validator(mode="after")
    def _chroma_needs_even_sides(self) -> Self:
        if self.width % 2 or self.height % 2:
            raise ValueError("width and height must be even (4:2:0 chroma)")
        return self

    @property
    def short_side(self) -> int:
        """What type and margins are measured by, in pixels."""
        return min(self.width, self.height)

    @property
    def is_wide(self) -> bool:
        """Whether two things fit beside each other."""
        return self.width > 1.2 * self.height

    @property
    def is_tall(self) -> bool:
        """Whether it is shown full-screen on a phone, under the buttons of a social site."""
        return self.height > 1.5 * self.width

    @property
    def safe_area(self) -> SafeArea:
        """The middle 90 %; in 9:16 also below the top 12 % and above the lowest 20 %.

        Everywhere the lowest 18 % stay free: players show the captions there.
        """
        top, bottom = (0.12, 0.80) if self.is_tall else (0.05, 0.82)
        return SafeArea(
            left=math.ceil(self.width * 0.05),
            top=math.ceil(self.height * top),
            right=int(self.width * 0.95),
            bottom=int(self.height * bottom),
        )


#: Short side in pixels and frames per second (SPEC §6, RENDER_PROFILE).
_PROFILES = MappingProxyType(
    {
        RenderProfile.DRAFT: (720, 24, Encoding(preset="veryfast", crf=23)),
        RenderProfile.STANDARD: (1080, 30, Encoding(preset="veryfast", crf=18)),
        RenderProfile.HIGH: (2160, 30, Encoding(preset="veryfast", crf=19)),
    }
)

_SIDES = MappingProxyType(
    {
        AspectRatio.LANDSCAPE: (16 / 9, 1.0),
        AspectRatio.PORTRAIT: (1.0, 16 / 9),
        AspectRatio.SQUARE: (1.0, 1.0),
        AspectRatio.SOCIAL: (1.0, 5 / 4),
    }
)


def frame_format(profile: RenderProfile, aspect_ratio: AspectRatio) -> FrameFormat:
    """The frame of a profile in an aspect ratio, e.g. standard 4:5 is 1080×1350 at 30 fps."""
    short_side, fps, encoding = _PROFILES[profile]
    across, down = _SIDES[aspect_ratio]
    return FrameFormat(
        width=round(short_side * across),
        height=round(short_side * down),
        fps=fps,
        encoding=encoding,
    )
