"""The main bedroom."""

import numpy as np

import layout
import objects
import plants
import seats
from grounds import lawn
from interior import daylight, drapes, shell, through
from layout import CEILING
from materials import lit, plain, plaster, wood
from shapes import box, group, lathe, mesh
from studio import camera, glow, skylight


def bedroom() -> None:
    """The main bedroom, its window to the garden."""
    camera((18.55, 4.95, 1.32), azimuth=141, lens=20.5, shift=-0.03)
    openings = (layout.SOUTH[4], layout.INSIDE[11], layout.INSIDE[12], layout.INSIDE[10])
    shell(18.3, 0, 22.3, 5.3, openings)
    daylight(206, 24, 18)
    through(layout.SOUTH[4], 34)
    skylight((19.4, 5.2, 1.6), (2.0, 1.8), 180, "#fff3e4", 16)
    lawn((10, -16), (32, -0.5), (20, 4))
    drapes(layout.SOUTH[4], 0.62)

    arch = np.linspace(0, np.pi, 40)
    outline = [
        (22.296, 2.65 - 1.28, 0.0),
        *[(22.296, 2.65 - 1.28 * np.cos(t), 1.0 + 1.05 * np.sin(t)) for t in arch],
        (22.296, 2.65 + 1.28, 0.0),
    ]
    mesh(outline, [tuple(range(len(outline)))], plaster("#c9906c", 0.002))
    group(objects.rug(2.3, 3.3, "#e8dfce", "#c9b594"), (20.55, 2.65, 0))
    group(seats.bed(1.8, 2.05), (21.18, 2.65, 0), -90)
    for n in range(13):
        y = 2.65 - 1.02 + n * 0.17
        box((22.23, y - 0.08, 0.2), (22.28, y + 0.08, 1.12), wood(*objects.OAK, "z"), 0.012)
    for y in (1.32, 3.98):
        group(
            objects.round_table(0.23, 0.5, wood(*objects.WALNUT, "x"), wood(*objects.WALNUT, "z")),
            (21.98, y, 0),
        )
        lathe(
            [(0, 0), (0.07, 0), (0.085, 0.07), (0.05, 0.17), (0.02, 0.2), (0.015, 0.26)],
            (21.98, y, 0.5),
            plain("#d9cfbd", 0.7),
        )
        lathe([(0.14, 0.24), (0.09, 0.42)], (21.98, y, 0.5), lit("#ffdba6", 2.6))
        glow((21.98, y, 0.84), "#ffc88a", 7, 0.08)
    objects.book_pile((21.84, 3.86, 0.502), 2, 3)
    group(objects.wicker_pendant(0.55, 0.36), (20.6, 2.65, CEILING))
    glow((20.6, 2.65, 2.12), "#ffd3a0", 8, 0.08)
    group(seats.armchair("#8b9a8d"), (19.0, 1.0, 0), 140)
    pot = lathe(
        [(0, 0), (0.15, 0), (0.2, 0.3), (0.21, 0.36), (0.19, 0.36), (0.18, 0.32), (0, 0.32)],
        (0, 0, 0),
        plain("#cfc4b2", 0.8),
    )
    plants.potted((21.98, 0.42, 0), 1.3, pot, 3)
