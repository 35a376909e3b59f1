"""The kitchen."""

import bpy
import numpy as np

import layout
import objects
import seats
from interior import WHITE, daylight, drapes, shell, through
from layout import CEILING
from materials import paving, pieces, plain, plaster, wood
from plants import twigs
from shapes import box, cylinder, group, mesh, rod, tilt, tubes
from studio import camera, glow, skylight


def kitchen() -> None:
    """The kitchen with its island, open to the living room."""
    camera((5.75, 0.85, 1.4), azimuth=71, lens=20, shift=-0.03)
    openings = (layout.SOUTH[1], layout.INSIDE[0], layout.INSIDE[2])
    shell(6.1, 0, 10.0, 4.0, openings)
    daylight(212, 30, 16)
    through(layout.SOUTH[1], 50)
    skylight((6.0, 2.0, 1.5), (2.8, 2.2), 90, "#fff3e2", 26)
    kitchen_fittings()


def kitchen_fittings() -> None:
    """Cupboards, worktop, island, stools and lamps; the door to the hall."""
    drapes(layout.SOUTH[1], 0.4)
    _worktop()
    _shelves()
    _ovens()
    _island()
    box((7, 4.03, 0), (7.9, 4.06, 2.1), plain("#efe8dc", 0.5), 0.004)


def _worktop() -> None:
    """Cupboards along the east wall under a top of pale stone; hob, hood and sink."""
    sage = _sage()
    for n in range(6):
        low = 0.35 + n * 0.6083
        box((9.42, low + 0.003, 0.1), (9.44, low + 0.605, 0.86), sage, 0.003)
        rod((9.405, low + 0.22, 0.76), (9.405, low + 0.39, 0.76), 0.006, objects.brass())
        if n in (0, 1, 4):
            box((9.418, low + 0.003, 0.615), (9.42, low + 0.605, 0.62), objects.black(), 0)
    box((9.44, 0.33, 0.1), (10.0, 4.0, 0.87), sage, 0)
    box((9.5, 0.33, 0), (10.0, 4.0, 0.1), objects.black(), 0)
    box((9.38, 0.31, 0.87), (10.0, 4.0, 0.905), _stone(), 0.004)
    _zellige(9.985, 0.33, 4.0, 0.905, 1.62)
    box((9.60, 1.62, 0.906), (9.90, 2.38, 0.912), plain("#101010", 0.08), 0.002)
    _hood(2.0)
    _sink(0.95)
    board = box((-0.02, -0.16, 0), (0.01, 0.16, 0.44), wood(*objects.WALNUT, "z"), 0.01)
    tilt(board, (9.93, 2.75, 0.905), y=-8)
    objects.vase((9.72, 3.55, 0.905), 0.26, "#e8dfce", 0.7)
    twigs((9.72, 3.55, 1.13), 6)


def _shelves() -> None:
    """Oak shelves on both sides of the hood, with pots and bowls."""
    for low, high in ((0.4, 1.45), (2.55, 3.95)):
        box((9.76, low, 1.62), (9.985, high, 1.66), wood(*objects.OAK, "y"), 0.004)
    for y, tall, code in (
        (0.6, 0.24, "#b8694a"),
        (0.86, 0.17, "#e8dfce"),
        (1.2, 0.3, "#7d8c80"),
        (2.75, 0.2, "#e8dfce"),
        (3.7, 0.26, "#c9a66b"),
    ):
        objects.vase((9.87, y, 1.66), tall, code)
    for n in range(4):
        objects.bowl((9.87, 3.25, 1.66 + 0.028 * n), 0.095, "#f0e9db")


def _ovens() -> None:
    """Tall units with an oven by the north wall."""
    sage = _sage()
    box((8.55, 3.38, 0.1), (9.4, 4.0, 2.3), sage, 0.003)
    for bottom, height in ((0.12, 0.5), (0.64, 0.62), (1.28, 0.98)):
        box((8.553, 3.36, bottom), (9.397, 3.38, bottom + height), sage, 0.003)
    box((8.60, 3.352, 0.68), (9.35, 3.362, 1.22), plain("#151617", 0.06), 0.004)
    rod((8.68, 3.325, 1.15), (9.27, 3.325, 1.15), 0.01, objects.brass())
    rod((8.66, 3.34, 1.5), (8.66, 3.34, 1.9), 0.007, objects.brass())


def _island() -> None:
    """The island of oak slats and stone, with stools, lamps and fruit."""
    oak = wood(*objects.OAK, "z")
    box((7.55, 1.05, 0.08), (8.30, 2.95, 0.87), oak, 0.004)
    for n in range(28):
        y = 1.06 + n * 0.0677
        box((7.53, y, 0.09), (7.553, y + 0.045, 0.865), oak, 0.006)
    box((7.26, 0.98, 0.87), (8.36, 3.02, 0.915), _stone(), 0.006)
    for y in (1.4, 2.0, 2.6):
        group(seats.stool(), (7.12, y, 0), 90)
    for y in (1.45, 2.0, 2.55):
        group(objects.pendant(0.92, 0.15, plain("#b9653f", 0.55)), (7.8, y, CEILING))
        glow((7.8, y, CEILING - 0.92), "#ffcf96", 5, 0.05)
    objects.bowl((7.75, 1.55, 0.915), 0.2, "#e9e0cf")
    objects.fruit((7.75, 1.55, 0.98), 0.036, "#f0c021", 11, 0.07)
    objects.fruit((8.0, 2.0, 0.95), 0.04, "#e07b24", 3, 0.06)
    tilt(
        box((-0.22, -0.14, 0), (0.22, 0.14, 0.025), wood(*objects.WALNUT, "x"), 0.01),
        (7.85, 2.45, 0.915),
        z=24,
    )
    objects.vase((8.05, 2.75, 0.915), 0.3, "#7d8c80", 0.35)
    twigs((8.05, 2.75, 1.18), 9)


def _sage() -> bpy.types.Material:
    return plain("#7f8f7d", 0.5)


def _stone() -> bpy.types.Material:
    return paving("#ece5d8", (40, 40), roughness=0.3)


def _zellige(x: float, y0: float, y1: float, z0: float, z1: float) -> None:
    """Hand-made glazed tiles on an east wall: each a little tilted, so that the light plays."""
    random = np.random.default_rng(12)
    size, vertices, faces = 0.1, [], []
    for y in np.arange(y0, y1 - 0.02, size):
        for z in np.arange(z0, z1 - 0.02, size):
            tips = random.normal(0, 0.0014, 4)
            first = len(vertices)
            a, b = min(y + size - 0.003, y1), min(z + size - 0.003, z1)
            vertices += [
                (x + tips[0], y, z),
                (x + tips[1], a, z),
                (x + tips[2], a, b),
                (x + tips[3], y, b),
            ]
            faces.append((first + 3, first + 2, first + 1, first))
    glaze = pieces(
        "#e9e6da", "#f2efe6", "#dfe2d6", "#f4f0e4", "#e4ded0", roughness=0.12, gloss_relief=0.25
    )
    mesh(vertices, faces, glaze)


def _hood(y: float) -> None:
    """A plastered hood in the way of the South."""
    low, high = 1.55, CEILING
    points = [(9.45, y - 0.5, low), (10, y - 0.5, low), (10, y + 0.5, low), (9.45, y + 0.5, low)]
    points += [
        (9.45, y - 0.5, low + 0.16),
        (10, y - 0.5, low + 0.16),
        (10, y + 0.5, low + 0.16),
        (9.45, y + 0.5, low + 0.16),
    ]
    points += [
        (9.66, y - 0.26, high),
        (10, y - 0.26, high),
        (10, y + 0.26, high),
        (9.66, y + 0.26, high),
    ]
    faces = [(3, 2, 1, 0)]
    for ring in (0, 4):
        faces += [
            (ring + a, ring + b, ring + 4 + b, ring + 4 + a)
            for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))
        ]
    mesh(points, faces, plaster(WHITE, 0.003), bevel=0.015)
    box((9.44, y - 0.52, low + 0.0), (10, y + 0.52, low + 0.05), wood(*objects.OAK, "y"), 0.006)


def _sink(y: float) -> None:
    """A basin in the worktop under a brass tap."""
    box((9.52, y - 0.3, 0.906), (9.88, y + 0.3, 0.9075), plain("#d9d4c8", 0.3), 0)
    box((9.54, y - 0.28, 0.9075), (9.86, y + 0.28, 0.909), plain("#77746c", 0.4), 0)
    neck = [
        ((9.92, y, 0.905), 0.014),
        ((9.92, y, 1.15), 0.013),
        ((9.89, y, 1.24), 0.013),
        ((9.80, y, 1.26), 0.013),
        ((9.73, y, 1.21), 0.013),
        ((9.72, y, 1.15), 0.013),
    ]
    tubes([neck], objects.brass())
    cylinder((9.92, y, 0.905), 0.026, 0.02, objects.brass())
