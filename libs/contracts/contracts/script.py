"""A video script, scene by scene, as script-service shows it."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from contracts.asset import Room
from contracts.base import Resource, Timestamp
from contracts.poi import Agency, EnergyClass

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


class ScenePart(StrEnum):
    """What a scene is there for; `figures` is the card that draws the listing's key figures."""

    HOOK = "hook"
    VISIT = "visit"
    CARD = "card"
    FIGURES = "figures"
    CLOSING = "closing"


class Figure(Resource):
    """One fact as it is drawn, set in the script's language: "Surface", "93 m²"."""

    label: str
    value: str


class Listing(Resource):
    """What the cards of a film draw of its property, as it was when the script was written.

    `offer` says what it is and whether it is for sale ("Villa à vendre"); `energy_notice` holds
    the words that a property of class F or G must carry, and is empty otherwise.
    """

    name: str
    town: str = ""
    offer: str = ""
    price: Figure | None = None
    figures: tuple[Figure, ...] = ()
    energy_class: EnergyClass | None = None
    climate_class: EnergyClass | None = None
    energy_notice: str = ""
    agency: Agency | None = None


class Scene(Resource):
    """One shot. A scene without `asset_id` is a drawn card; `duration_s` in seconds.

    A writer that does not say a scene's `part` leaves the renderer to tell from its place.
    """

    index: int
    title: str
    narration: str
    on_screen_text: str
    duration_s: float
    asset_id: UUID | None
    room: Room
    motion: Motion
    visual_prompt: str
    part: ScenePart | None = None


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
    listing: Listing | None = None
    created_at: Timestamp

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
