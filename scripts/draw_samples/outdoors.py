"""The pictures under the open sky: the façade in the evening, the pool by day."""

import numpy as np

import layout
import plants
import trees
from cloth import curtain
from grounds import grounds, lawn, sea
from house import house
from materials import paving, plaster, voile
from shapes import box
from studio import camera, glow, sky, sun


def evening_lights() -> None:
    """Lamps lit in the rooms behind the windows."""
    for x, y, watts in (
        (3, 2.5, 130),
        (3, 6, 90),
        (8, 2, 90),
        (12.2, 2, 45),
        (16.2, 2, 45),
        (20.3, 2, 70),
    ):
        glow((x, y, 2.2), "#ffc07a", watts, 0.25)


def rooms_behind() -> None:
    """Floors, ceilings and partitions, as far as they are seen from the garden."""
    east, north = layout.WIDTH, layout.DEPTH
    box((0, 0, -0.2), (east, north, 0.0), paving("#b99b78"), 0)
    box((0, 0, layout.CEILING), (east, north, layout.CEILING + 0.1), plaster("#f3ead9"), 0)
    for x0, x1 in ((6.0, 6.1), (10.0, 10.3), (14.2, 14.3), (18.2, 18.3)):
        box((x0, 0, 0), (x1, 4, layout.CEILING), plaster("#f0e6d6"), 0)
    box((6, 4.0, 0), (east, 4.1, layout.CEILING), plaster("#f0e6d6"), 0)


def facade() -> None:
    """From the garden, at golden hour, the rooms lit."""
    eye = (13.6, -15.4)
    camera((*eye, 1.5), azimuth=342, lens=26.5, shift=0.075)
    at = (241, 11)
    sun(*at, "#ffa95e", 8.0)
    sky(
        ((0, "#f8c88f"), (0.18, "#eec9a8"), (0.4, "#a9bdd0"), (0.75, "#5c86b6"), (1, "#3a6396")),
        0.95, "#fbcaa4", 0.58, at, "#ff9d4a",
    )  # fmt: skip
    grounds()
    house()
    rooms_behind()
    evening_lights()
    for opening in layout.SOUTH:
        x0, _, x1, _ = opening.place
        for a, b in ((x0, x0 + 0.34), (x1 - 0.34, x1)):
            curtain((a, 0.14, 0.01), (b, 0.14, 0.01), 2.42, voile(), 4)
    lawn((-14, -17), (34, 0), eye)
    for n, (x, y, tall) in enumerate(
        ((-2.4, 3.0, 7.5), (-3.4, 6.5, 9), (-2.8, 10, 8), (24.2, 3.5, 8))
    ):
        trees.cypress((x, y, -0.1), tall, seed=n + 1)
    trees.umbrella_pine((5, 18, 0), 12, seed=3)
    trees.umbrella_pine((15, 21, 0), 11, seed=5)
    for n, (x, y, tall) in enumerate(
        ((-9, 9, 7), (-14, 4, 6.5), (-20, 14, 9), (-30, 10, 9), (-13, 20, 9))
    ):
        trees.broadleaf((x, y, 0), tall, seed=6 + n)
    wild = np.random.default_rng(5)
    scrub = np.column_stack([wild.uniform(-40, -8, 40), wild.uniform(2, 24, 40), np.full(40, -0.2)])
    plants.shrub(scrub, wild.uniform(1.2, 2.8, 40), "#4d6336", "#7d8f55", 8)


def poolside() -> None:
    """The terrace and the pool, over the garden to the sea, on a summer's day."""
    camera((13.4, -5.2, 1.6), azimuth=245.5, lens=23.5, shift=-0.03)
    at = (172, 58)
    sun(*at, "#fff1dc", 7.0, 0.8)
    sky(
        ((0, "#d4e6f3"), (0.2, "#9fcaeb"), (0.5, "#579cdb"), (1, "#2a6ab5")),
        1.0, "#ffffff", 0.55, at, "#fff1d0",
    )  # fmt: skip
    grounds()
    sea()
    bed = np.random.default_rng(6)
    west = np.column_stack(
        [-2.6 + bed.normal(0, 0.2, 16), np.linspace(-11.5, -4, 16), np.full(16, -0.1)]
    )
    plants.lavender(west, 5, 0.8)
    lawn((-18, -20), (14, 0), (2, -6))
    trees.olive((-5.0, -4.6, 0), 4.6, seed=9)
    trees.umbrella_pine((-11, -19, -1.5), 9.5, seed=3)
    trees.umbrella_pine((-20, -9, -0.5), 11, seed=5)
    trees.cypress((-5.8, -11.2, 0), 7.5, seed=2)
    trees.cypress((-7.2, -9.8, 0), 8.5, seed=3)
    scrub = np.column_stack([bed.uniform(-26, -4, 40), bed.uniform(-17, -2, 40), np.full(40, -0.2)])
    plants.shrub(scrub, bed.uniform(0.8, 1.9, 40), "#56703f", "#8a9c62", 8)
