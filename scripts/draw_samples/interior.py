"""What every room has: walls, floor, beams, curtains, daylight."""

import bpy
import numpy as np

import house
import objects
from cloth import curtain
from grounds import grounds, sea
from layout import CEILING, WALL, Opening
from materials import planks, plaster, voile, wood
from nodes import material
from shapes import box, rod
from studio import sky, skylight, sun

FLOOR = ("#c9a274", "#a37a4c")
WHITE = "#f4efe6"


def daylight(azimuth: float = 212, elevation: float = 34, strength: float = 9.0) -> None:
    """A clear day over garden, pool and sea, the sun in the south-west."""
    at = (azimuth, elevation)
    sun(*at, "#fff0d8", strength, 0.8)
    sky(
        ((0, "#dfeaf2"), (0.2, "#b3d2ea"), (0.55, "#6ea8dc"), (1, "#3d79bd")),
        1.5, "#ffffff", 0.52, at, "#fff1d0",
    )  # fmt: skip
    grounds()
    sea()


def shell(x0: float, y0: float, x1: float, y1: float, openings: tuple[Opening, ...]) -> None:
    """The inner faces of a room with its windows and doors, an oak floor and a beamed ceiling."""
    lime = plaster(WHITE, 0.002)

    def cut(low: tuple[float, float], high: tuple[float, float], axis: int) -> None:
        inside = [
            o for o in openings
            if o.place[0] < high[0] and o.place[2] > low[0]
            and o.place[1] < high[1] and o.place[3] > low[1]
        ]  # fmt: skip
        house.wall(low, high, 0, CEILING, house.holes(tuple(inside), axis), lime)

    south = WALL if y0 == 0 else 0.1
    cut((x0 - 0.1, y0 - south), (x1 + 0.1, y0), 0)
    cut((x0 - 0.1, y1), (x1 + 0.1, y1 + 0.1), 0)
    cut((x0 - 0.1, y0), (x0, y1), 1)
    cut((x1, y0), (x1 + 0.1, y1), 1)
    box((x0 - 0.05, y0 - south, -0.1), (x1 + 0.05, y1 + 0.05, 0), planks(*FLOOR), 0)
    box(
        (x0 - 0.1, y0 - 0.3, CEILING),
        (x1 + 0.1, y1 + 0.1, CEILING + 0.1),
        plaster("#f6f2ea", 0.001),
        0,
    )
    for y in np.arange(y0 + 0.45, y1, 0.85):
        box(
            (x0, y - 0.07, CEILING - 0.18),
            (x1, y + 0.07, CEILING + 0.01),
            wood(*objects.OAK, "x"),
            0.012,
        )
    for opening in openings:
        if opening.kind in ("bay", "window"):
            house.glazing(opening)


def drapes(opening: Opening, gather: float = 0.55) -> None:
    """Linen curtains drawn to both sides of a south window, on a brass rod."""
    x0, _, x1, _ = opening.place
    for seed, (a, b) in enumerate(
        ((x0 - 0.30, x0 - 0.30 + gather), (x1 + 0.30 - gather, x1 + 0.30))
    ):
        curtain((a, 0.10, 0.015), (b, 0.10, 0.015), 2.42, voile(), 6, seed)
    rod((x0 - 0.42, 0.10, 2.46), (x1 + 0.42, 0.10, 2.46), 0.012, objects.brass())


def through(opening: Opening, watts: float) -> None:
    """The sky's light through a south window."""
    x0, _, x1, _ = opening.place
    skylight(((x0 + x1) / 2, -WALL - 0.05, 1.25), (x1 - x0, 2.3), 0, "#dcebff", watts)


def painting(*codes: str) -> bpy.types.Material:
    """An abstract landscape: bands of colour with a painter's edges."""
    canvas, g = material("painting")
    where = g.local()
    wave = g.math("SUBTRACT", g.noise(g("Mapping", where, Scale=(1.3, 1, 3)), 1.6, 5), 0.5)
    height = g("SeparateXYZ", where).node.outputs["Z"]
    at = g.math(
        "ADD", g.math("ADD", g.math("MULTIPLY", height, 1.1), 0.5), g.math("MULTIPLY", wave, 0.5)
    )
    tone = g.ramp(at, *[(n / len(codes), code) for n, code in enumerate(codes)])
    tone.node.color_ramp.interpolation = "EASE"
    g.surface(g("BsdfPrincipled", Base_Color=tone, Roughness=0.8))
    return canvas
