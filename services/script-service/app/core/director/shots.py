"""What a film is planned of: shots, the cards among them, and what they must show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.core.director.quotes import Quote
from app.core.voices.voice import Fact
from contracts.asset import Asset, Room
from contracts.script import ScenePart


@dataclass(frozen=True, slots=True)
class Card:
    """What a drawn card tells: some facts, some features, or one sentence."""

    name: str
    facts: tuple[Fact, ...] = ()
    features: tuple[str, ...] = ()
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """One shot; `subject` is what its picture shows: a concept, "exterior", "plan" or "other"."""

    part: ScenePart
    room: Room = Room.OTHER
    subject: str = "other"
    asset: Asset | None = None
    card: Card | None = None

    @property
    def asset_id(self) -> UUID | None:
        """The picture's id; None for a card."""
        return self.asset.id if self.asset else None


class Must(StrEnum):
    """What every film shows when it is known."""

    ENERGY = "energy"
    WARNING = "warning"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The shots, the seconds planned for each, and which pictures carry what must be shown.

    The plan bounds the words; when they are known, the film is cut to them (`cutting`).
    """

    shots: tuple[Shot, ...]
    seconds: tuple[float, ...]
    musts: Mapping[int, Must]

    def carded(self) -> frozenset[Fact]:
        """The facts that have a card of their own."""
        return frozenset(fact for shot in self.shots if shot.card for fact in shot.card.facts)
