"""A video script, scene by scene, as script-service shows it."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from contracts.asset import Room
from contracts.base import Resource, Timestamp

Language = Literal["fr", "en"]


class Motion(StrEnum):
    """The camera move of a scene."""

    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    HOLD = "hold"


class ScriptAspectRatio(StrEnum):
    """The frame a script is written for."""

    LANDSCAPE = "16:9"
    PORTRAIT = "9:16"
    SQUARE = "1:1"


class Scene(Resource):
    """One shot. A scene without `asset_id` is a drawn card; `duration_s` in seconds."""

    index: int
    title: str
    narration: str
    on_screen_text: str
    duration_s: float
    asset_id: UUID | None
    room: Room
    motion: Motion
    visual_prompt: str


class Script(Resource):
    """A script; the durations of its scenes add up to `total_duration_s`."""

    id: UUID
    poi_id: UUID
    title: str
    language: Language
    aspect_ratio: ScriptAspectRatio
    provider: str
    model: str
    total_duration_s: float
    scenes: tuple[Scene, ...]
    created_at: Timestamp

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
