"""The villa's measures, in metres: x eastward, y northward from the inner south-west corner.

The floor plan and the three-dimensional pictures are drawn from the same figures, so they agree.
"""

from dataclasses import dataclass
from typing import Literal

WALL = 0.3
WIDTH, DEPTH = 22.3, 8.4  # inside
SPLIT = 10.15  # where the day wing's roof meets the lower one of the bedrooms
DAY_EAVES, NIGHT_EAVES = 3.05, 2.75
CEILING = 2.7

TERRACE = (-2.0, -11.3, 14.2, -0.3)
POOL = (1.0, -9.8, 10.0, -5.8)
PERGOLA = (-0.3, -4.1, 10.3, -0.3)


Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Room:
    """A room as one rectangle or more (x0, y0, x1, y1), and where its name is written."""

    name: str
    parts: tuple[Rectangle, ...]
    label: tuple[float, float]

    @property
    def area(self) -> float:
        """Its floor in m²."""
        return sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in self.parts)


@dataclass(frozen=True, slots=True)
class Opening:
    """A hole through a wall, from `sill` to `head` above the floor."""

    kind: Literal["bay", "window", "door", "front_door", "passage"]
    place: Rectangle
    sill: float = 0.0
    head: float = 2.1
    hinge: tuple[float, float] = (0, 0)
    swing: tuple[float, float] = (0, 0)


ROOMS = (
    Room("Séjour", ((0, 0, 6.0, 8.4),), (3.3, 5.55)),
    Room("Cuisine", ((6.1, 0, 10.0, 4.0),), (8.05, 0.5)),
    Room("Entrée", ((8.0, 4.1, 10.0, 8.4), (6.1, 4.1, 8.0, 6.0)), (8.95, 5.4)),
    Room("Cellier", ((6.1, 6.1, 7.9, 8.4),), (7.0, 7.3)),
    Room("Chambre", ((10.3, 0, 14.2, 4.0),), (12.0, 1.1)),
    Room("Chambre", ((14.3, 0, 18.2, 4.0),), (16.2, 1.1)),
    Room("Dégagement", ((10.3, 4.1, 18.2, 5.3),), (14.25, 4.7)),
    Room("Chambre", ((10.3, 5.4, 13.9, 8.4),), (12.8, 5.88)),
    Room("Salle de bains", ((14.0, 5.4, 16.4, 8.4),), (15.0, 6.9)),
    Room("WC", ((16.5, 5.4, 17.6, 8.4),), (17.05, 6.7)),
    Room("Dressing", ((17.7, 5.4, 20.1, 8.4),), (18.9, 6.0)),
    Room("Suite parentale", ((18.3, 0, 22.3, 5.3),), (20.65, 4.72)),
    Room("Salle d’eau", ((20.2, 5.4, 22.3, 8.4),), (21.1, 6.75)),
)

SOUTH = (
    Opening("bay", (0.8, -0.3, 5.2, 0), head=2.45),
    Opening("bay", (7.0, -0.3, 9.2, 0), head=2.45),
    Opening("bay", (11.4, -0.3, 13.1, 0), head=2.3),
    Opening("bay", (15.4, -0.3, 17.1, 0), head=2.3),
    Opening("bay", (18.9, -0.3, 21.7, 0), head=2.3),
)
WEST = (Opening("window", (-0.3, 5.2, 0, 7.2), sill=0.9, head=2.3),)
EAST = (Opening("window", (22.3, 6.4, 22.6, 7.4), sill=1.2, head=2.1),)
NORTH = (
    Opening("window", (2.0, 8.4, 4.4, 8.7), sill=0.9, head=2.3),
    Opening("window", (6.6, 8.4, 7.4, 8.7), sill=1.2, head=2.1),
    Opening("front_door", (8.5, 8.4, 9.5, 8.7), hinge=(8.5, 8.4), swing=(0, -1)),
    Opening("window", (11.4, 8.4, 12.9, 8.7), sill=0.9, head=2.1),
    Opening("window", (14.7, 8.4, 15.7, 8.7), sill=1.2, head=2.1),
    Opening("window", (16.75, 8.4, 17.35, 8.7), sill=1.2, head=2.1),
)
INSIDE = (
    Opening("passage", (6.0, 0.6, 6.1, 3.5)),
    Opening("passage", (6.0, 4.4, 6.1, 5.7)),
    Opening("door", (7.0, 4.0, 7.9, 4.1), hinge=(7.0, 4.0), swing=(0, -1)),
    Opening("door", (6.6, 6.0, 7.4, 6.1), hinge=(6.6, 6.1), swing=(0, 1)),
    Opening("passage", (10.0, 4.25, 10.3, 5.15)),
    Opening("door", (12.9, 4.0, 13.8, 4.1), hinge=(13.8, 4.0), swing=(0, -1)),
    Opening("door", (14.7, 4.0, 15.6, 4.1), hinge=(14.7, 4.0), swing=(0, -1)),
    Opening("door", (10.7, 5.3, 11.6, 5.4), hinge=(10.7, 5.4), swing=(0, 1)),
    Opening("door", (14.3, 5.3, 15.1, 5.4), hinge=(14.3, 5.4), swing=(0, 1)),
    Opening("door", (16.65, 5.3, 17.45, 5.4), hinge=(16.65, 5.4), swing=(0, 1)),
    Opening("door", (18.2, 4.25, 18.3, 5.15), hinge=(18.3, 5.15), swing=(1, 0)),
    Opening("passage", (18.6, 5.3, 19.6, 5.4)),
    Opening("door", (20.8, 5.3, 21.6, 5.4), hinge=(20.8, 5.4), swing=(0, 1)),
)
