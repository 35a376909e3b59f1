"""A video script, scene by scene, as script-service shows it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.asset import Room
from contracts.base import Problem, Resource, Timestamp
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


class ScriptUsage(Resource):
    """What a provider was asked and counted for one script, its failed tries included.

    `cost_usd` is an estimate from the provider's price list; null for a model without a price.
    """

    requests: Annotated[int, Field(ge=0)]
    input_tokens: Annotated[int, Field(ge=0)]
    cached_input_tokens: Annotated[int, Field(ge=0)]
    output_tokens: Annotated[int, Field(ge=0)]
    cost_usd: Decimal | None


class Script(Resource):
    """A script; the durations of its scenes add up to `total_duration_s`.

    `music_asset_id` is an audio asset of the POI that is music to be heard in its films.
    With `fallback`, the local director wrote it because the provider that was asked could not:
    `fallback_reason` says why. `usage` is null when no provider was asked.
    """

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
    music_asset_id: UUID | None = None
    created_at: Timestamp
    fallback: bool = False
    fallback_reason: Problem | None = None
    usage: ScriptUsage | None = None

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
