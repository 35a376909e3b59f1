"""Bodies of requests."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from contracts.render import AspectRatio, CaptionStyle, RenderProfile, SoundStyle


class RenderOrder(BaseModel):
    """Which script to render again; the format is the script's and the service's by default.

    `branding` false leaves the agency out, as listing services ask (US MLS rules). `captions`
    burned draws them into the picture. `sound` is the POI's music or a quiet bed (auto), always
    the bed (ambience), or none.
    """

    model_config = ConfigDict(extra="forbid")

    script_id: UUID
    aspect_ratio: AspectRatio | None = None
    profile: RenderProfile | None = None
    branding: bool = True
    captions: CaptionStyle = CaptionStyle.BESIDE
    sound: SoundStyle = SoundStyle.AUTO

    @property
    def cut(self) -> dict[str, Any]:
        """The fields of `core.renders.Cut` that are not left to the service."""
        return self.model_dump(exclude={"script_id"}, exclude_none=True)


class Resolution(BaseModel):
    """What became of a paid call: the task that it made (adopt), or nothing (abandon)."""

    model_config = ConfigDict(extra="forbid")

    adopt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")] | None = None
    abandon: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.adopt is None) == (self.abandon is None):
            raise ValueError('give either {"adopt": "<task id>"} or {"abandon": true}')
        return self
