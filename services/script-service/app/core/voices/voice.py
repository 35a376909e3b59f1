"""What a language has to offer a director: the same questions, asked in French or English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.core.brief import Tone
from contracts.script import Language


class Fact(StrEnum):
    """One thing that is known of a property."""

    KIND = "kind"
    SURFACE = "surface"
    LAND = "land"
    ROOMS = "rooms"
    BEDROOMS = "bedrooms"
    BATHROOMS = "bathrooms"
    FLOOR = "floor"
    YEAR = "year"
    PRICE = "price"
    ENERGY = "energy"


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact in words: ways to say it (none when it is better shown), and to show it.

    `over_picture` are those that only make sense over a picture of it ("one of the rooms").
    """

    spoken: tuple[str, ...]
    screen: str
    over_picture: tuple[str, ...] = ()


class Voice(Protocol):
    """A language, speaking of one property."""

    @property
    def language(self) -> Language:
        """Which language."""
        ...

    @property
    def excessive_energy(self) -> str:
        """The words that a property of energy class F or G must carry."""
        ...

    @property
    def kind(self) -> str:
        """What the property is, as a label."""
        ...

    @property
    def known_kind(self) -> str:
        """The same; "" where it would only say that it is a property."""
        ...

    @property
    def deal(self) -> str:
        """For sale or to rent, in words; "" when it is not known."""
        ...

    def hook(self, name: str, town: str, tone: Tone) -> Sequence[str]:
        """Ways to open; `town` is "" when it is unknown or already in the name."""
        ...

    def room(
        self, subject: str, tone: Tone, *, again: bool, opening: bool, described: str = ""
    ) -> Sequence[str]:
        """Ways to lead to what a picture shows; the last is the barest, speakable in 2 s.

        `again` when the subject was shown before; `opening` for the first picture of the visit;
        `described` is a feature that `tells` the subject.
        """
        ...

    def tells(self, subject: str, feature: str) -> bool:
        """Whether a feature is the subject with an adjective: "piscine chauffée"."""
        ...

    def label(self, subject: str) -> str:
        """The subject as a title."""
        ...

    def facts(self) -> Mapping[Fact, FactText]:
        """What is known, in words; nothing for what is not."""
        ...

    def is_thing(self, feature: str) -> bool:
        """Whether a feature can stand in a sentence ("a cellar"), not only in a list."""
        ...

    def features(self, features: Sequence[str]) -> Sequence[str]:
        """Ways to say a few features in one sentence."""
        ...

    def card_titles(self) -> Mapping[str, str]:
        """Titles of the drawn cards: figures, features, price, place, story."""
        ...

    def place(self, town: str) -> Sequence[str]:
        """Ways to say where it is."""
        ...

    def closing(self, agency: str, phone: str, tone: Tone) -> Sequence[str]:
        """Ways to ask for a visit, the most telling first, the shortest last."""
        ...

    @property
    def by_appointment(self) -> str:
        """A call to action for the screen."""
        ...
