"""Bodies of requests."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from contracts.render import AspectRatio, RenderProfile


class RenderOrder(BaseModel):
    """Which script to render again; the format is the script's and the service's by default."""

    model_config = ConfigDict(extra="forbid")

    script_id: UUID
    aspect_ratio: AspectRatio | None = None
    profile: RenderProfile | None = None


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
