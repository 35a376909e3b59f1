"""The living room."""

import layout
import objects
import plants
import seats
from interior import daylight, drapes, painting, shell, through
from kitchen import kitchen_fittings
from materials import fabric, plain, striped, wood
from plants import twigs
from shapes import box, group, lathe
from studio import camera, glow, skylight


def living_room() -> None:
    """The living room with its bay towards terrace, pool and sea."""
    camera((4.4, 7.45, 1.35), azimuth=201.5, lens=22, shift=-0.02)
    openings = (layout.SOUTH[0], *layout.WEST, *layout.INSIDE[:2], layout.NORTH[0])
    shell(0, 0, 6.0, 8.4, openings)
    daylight(208, 30, 16)
    through(layout.SOUTH[0], 85)
    skylight((-0.4, 6.2, 1.6), (1.9, 1.3), 90, "#dcebff", 40)
    through(layout.SOUTH[1], 45)
    shell(6.102, 0, 10.0, 4.0, (layout.SOUTH[1], layout.INSIDE[0], layout.INSIDE[2]))
    kitchen_fittings()
    drapes(layout.SOUTH[0], 0.6)

    group(objects.rug(3.3, 2.5, "#e4d8c3", "#b9a182"), (2.35, 3.35, 0), 90)
    group(seats.sofa(2.75, "#d8cdba"), (0.62, 3.45, 0), 90)
    cushions = (
        (4.35, fabric("#a9583c")),
        (4.0, fabric("#e9e0cf")),
        (2.75, striped("#e9e0cf", "#7d8c80", 0.05)),
        (2.45, fabric("#74867c")),
    )
    for n, (y, cloth) in enumerate(cushions):
        whole = seats.scatter_cushion((0, 0, 0.77), cloth, 18, 8 * (-1) ** n, n)
        group([whole], (0.66 + 0.04 * (n % 2), y, 0), 90)
    group(
        objects.round_table(
            0.52, 0.36, wood(*objects.WALNUT, "x", 0.3), wood(*objects.WALNUT, "z")
        ),
        (2.30, 3.55, 0),
    )
    group(objects.round_table(0.33, 0.46, plain("#e9e2d4", 0.35), objects.black()), (2.65, 2.85, 0))
    objects.book_pile((2.2, 3.75, 0.362), 3, 2)
    objects.bowl((2.42, 3.32, 0.362), 0.15, "#e8e0d0")
    objects.vase((2.68, 2.84, 0.462), 0.24, "#b8694a", 0.7)
    twigs((2.68, 2.84, 0.68), 3)
    group(seats.armchair("#74867c"), (4.25, 2.35, 0), -62)
    group(seats.armchair("#74867c"), (4.3, 3.95, 0), -108)
    group(objects.floor_lamp(), (0.5, 1.45, 0))
    glow((0.5, 1.45, 1.5), "#ffc98a", 14, 0.12)
    group(
        objects.frame(1.3, 0.95, painting("#8c6a4f", "#c9a77c", "#e6d8be", "#a9bcc2", "#dfe7e6")),
        (0.001, 3.45, 1.62),
        90,
    )
    for at, tall, seed in (((5.55, 0.55, 0), 1.55, 2), ((0.42, 0.48, 0), 1.1, 4)):
        pot = lathe(
            [(0, 0), (0.15, 0), (0.2, 0.3), (0.21, 0.36), (0.19, 0.36), (0.18, 0.32), (0, 0.32)],
            (0, 0, 0),
            plain("#cfc4b2", 0.8),
        )
        plants.potted(at, tall, pot, seed)
    box((0, 5.15, 0), (0.36, 7.25, 0.42), wood(*objects.OAK, "y"), 0.006)
    objects.vase((0.18, 5.5, 0.42), 0.34, "#e6ddcc", 0.8)
    objects.book_row((0.1, 6.1, 0.42), 7, 5)
