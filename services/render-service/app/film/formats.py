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
    """The picture of a film: even width and height in pixels, constant frames per second.

    With `captions_burned` the words of the scenes leave room for captions drawn into the picture.
    """

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: int = Field(gt=0)
    captions_burned: bool = False
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

        Elsewhere the lowest 18 % stay free: players show the captions there.
        """
        if not self.is_tall:
            return self._area(0.05, 0.82)
        return self._area(0.12, 0.67 if self.captions_burned else 0.80)

    @property
    def caption_area(self) -> SafeArea:
        """Where captions are drawn into the picture: below the words of the scenes."""
        return self._area(0.69, 0.80) if self.is_tall else self._area(0.835, 0.95)

    def resized(self, short_side: int) -> "FrameFormat":
        """The same shape and rate, smaller."""
        scale = short_side / self.short_side
        width, height = (2 * round(side * scale / 2) for side in (self.width, self.height))
        return self.model_copy(update={"width": width, "height": height})

    def _area(self, top: float, bottom: float) -> SafeArea:
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
