"""How a scene is asked of the video model: ratio, length, prompt and price, as data.

Legal values are those of runwayml 5.24 (`ImageToVideoCreateParams`). Prices are credits per second
of video, a credit being 0.01 USD.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.render import AspectRatio
from contracts.script import Motion, Scene

Model = Literal["gen4_turbo", "gen4.5"]
Ratio = Literal["1280:720", "720:1280", "960:960", "832:1104"]

PRICES_SOURCE = "https://docs.dev.runwayml.com/guides/pricing/"
PRICES_AS_OF = date(2026, 11, 1)
USD_PER_CREDIT = Decimal("0.01")

_CREDITS_PER_SECOND: Mapping[Model, int] = MappingProxyType({"gen4_turbo": 5, "gen4.5": 12})

#: gen4_turbo takes other lengths too, yet only these two are documented to work always.
_LENGTHS_S: Mapping[Model, tuple[int, ...]] = MappingProxyType(
    {"gen4_turbo": (5, 10), "gen4.5": tuple(range(2, 11))}
)

#: 4:5 has no ratio of its own: 3:4 is the nearest, and loses 6 % of its height.
_RATIOS: Mapping[AspectRatio, Ratio] = MappingProxyType(
    {
        AspectRatio.LANDSCAPE: "1280:720",
        AspectRatio.PORTRAIT: "720:1280",
        AspectRatio.SQUARE: "960:960",
        AspectRatio.SOCIAL: "832:1104",
    }
)

#: The most that a prompt may have, in UTF-16 code units.
_MAX_PROMPT_UNITS = 1000

#: For scripts whose scenes carry no lens move in words.
_LENS: Mapping[Motion, str] = MappingProxyType(
    {
        Motion.PUSH_IN: "Slow push in",
        Motion.PULL_OUT: "Slow pull out",
        Motion.PAN_LEFT: "Slow pan to the left",
        Motion.PAN_RIGHT: "Slow pan to the right",
        Motion.TILT_UP: "Slow tilt up",
        Motion.TILT_DOWN: "Slow tilt down",
        Motion.HOLD: "Locked-off camera",
    }
)


class ClipOrder(BaseModel):
    """What is asked of the model for one scene; the length in whole seconds."""

    model_config = ConfigDict(frozen=True)

    model: Model
    ratio: Ratio
    duration_s: int
    prompt: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the clip, in pixels."""
        return clip_size(self.ratio)

    @property
    def credits(self) -> int:
        """What the call is estimated to cost."""
        return _CREDITS_PER_SECOND[self.model] * self.duration_s


def clip_order(model: Model, aspect_ratio: AspectRatio, scene: Scene, seen_s: float) -> ClipOrder:
    """The order for a scene of which `seen_s` seconds are seen, its cross-fades included.

    The length is the nearest legal one, the longer of two as near.
    """
    return ClipOrder(
        model=model,
        ratio=_RATIOS[aspect_ratio],
        duration_s=min(_LENGTHS_S[model], key=lambda length: (abs(length - seen_s), -length)),
        prompt=lens_prompt(scene),
    )


def clip_size(ratio: str) -> tuple[int, int]:
    """The width and height, in pixels, of a clip of a ratio."""
    width, height = ratio.split(":")
    return int(width), int(height)


def lens_prompt(scene: Scene) -> str:
    """The lens move only: what is in the room, the photograph says."""
    words = scene.visual_prompt.strip()
    return _cut(words or f"{_LENS[scene.motion]}; everything stays as in the picture.")


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * _MAX_PROMPT_UNITS]
    return units.decode("utf-16-le", errors="ignore")
