"""Bodies of requests."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.render import AspectRatio, RenderProfile


class RenderOrder(BaseModel):
    """Which script to render again; the format is the script's and the service's by default."""

    model_config = ConfigDict(extra="forbid")

    script_id: UUID
    aspect_ratio: AspectRatio | None = None
    profile: RenderProfile | None = None
