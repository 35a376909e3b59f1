"""Seats and the bed, each made about the origin with its back to the north, standing on z = 0."""

from math import radians

import bpy
import numpy as np

from cloth import blanket, cushion, soft_box
from materials import fabric, striped, wood
from objects import OAK, WALNUT, black
from shapes import Point, box, cylinder, group, rod, sheet, tilt, tubes

Thing = bpy.types.Object


def sofa(width: float, cloth: str, seats: int = 3) -> list[Thing]:
    """A deep sofa with loose cushions."""
    linen, depth = fabric(cloth), 0.98
    inner = width - 0.44
    things: list[Thing] = []

    def block(size: Point, at: Point, hardness: float, seed: int, x: float = 0) -> None:
        things.append(tilt(soft_box(size, linen, hardness, seed), at, x=x))

    block((width, depth, 0.26), (0, 0, 0.24), 0.10, 1)
    for side in (-1, 1):
        block((0.22, depth, 0.54), (side * (width / 2 - 0.11), 0, 0.36), 0.16, 3 + side)
    block((width, 0.22, 0.66), (0, depth / 2 - 0.11, 0.42), 0.13, 5)
    for n in range(seats):
        x = -inner / 2 + inner * (n + 0.5) / seats
        block((inner / seats - 0.01, 0.74, 0.20), (x, -0.11, 0.45), 0.22, 10 + n)
        block((inner / seats - 0.03, 0.20, 0.46), (x, 0.20, 0.70), 0.36, 20 + n, x=-14)
    for x in (-width / 2 + 0.12, width / 2 - 0.12):
        for y in (-depth / 2 + 0.1, depth / 2 - 0.1):
            things.append(cylinder((x, y, 0), 0.022, 0.13, wood(*WALNUT, "z")))
    return things


def scatter_cushion(
    at: Point, cloth: bpy.types.Material, lean: float, spin: float, seed: int
) -> Thing:
    """A cushion of 48 cm that leans against a back."""
    pillow = cushion(0.48, 0.48, 0.17, cloth, seed)
    pillow.location = at
    pillow.rotation_euler = (radians(90 - lean), radians(spin), 0)
    return pillow


def armchair(cloth: str) -> list[Thing]:
    """A lounge chair: oak frame, two loose cushions."""
    oak, linen = wood(*OAK, "y"), fabric(cloth)
    things: list[Thing] = [
        tilt(soft_box((0.62, 0.64, 0.17), linen, 0.22, 3), (0, -0.02, 0.40), x=4),
        tilt(soft_box((0.60, 0.18, 0.56), linen, 0.30, 4), (0, 0.30, 0.66), x=-20),
    ]
    for side in (-1, 1):
        x = side * 0.35
        things.append(tubes([[((x, -0.34, 0), 0.018), ((x, -0.30, 0.56), 0.02)]], oak))
        things.append(tubes([[((x, 0.42, 0), 0.018), ((x, 0.34, 0.60), 0.02)]], oak))
        things.append(box((x - 0.035, -0.38, 0.555), (x + 0.035, 0.40, 0.585), oak, 0.012))
        things.append(rod((x, -0.32, 0.28), (x, 0.37, 0.28), 0.017, oak))
    for y in (-0.3, 0.36):
        things.append(rod((-0.35, y, 0.29), (0.35, y, 0.29), 0.017, wood(*OAK, "x")))
    things.append(rod((-0.35, 0.40, 0.84), (0.35, 0.40, 0.84), 0.018, wood(*OAK, "x")))
    for side in (-1, 1):
        things.append(rod((side * 0.34, 0.34, 0.56), (side * 0.34, 0.40, 0.86), 0.016, oak))
    return things


def long_table(length: float, width: float, seats: int) -> list[Thing]:
    """An oak dining table with chairs on both sides."""
    oak = wood(*OAK, "x")
    things: list[Thing] = [
        box((-length / 2, -width / 2, 0.71), (length / 2, width / 2, 0.755), oak, 0.008)
    ]
    for x in (-length / 2 + 0.25, length / 2 - 0.25):
        things.append(
            box(
                (x - 0.05, -width / 2 + 0.08, 0),
                (x + 0.05, -width / 2 + 0.17, 0.71),
                wood(*OAK, "z"),
            )
        )
        things.append(
            box(
                (x - 0.05, width / 2 - 0.17, 0), (x + 0.05, width / 2 - 0.08, 0.71), wood(*OAK, "z")
            )
        )
    for n in range(seats):
        x = -length / 2 + length * (n + 0.5) / seats
        things.append(group(chair(), (x, -width / 2 - 0.12, 0), 180))
        things.append(group(chair(), (x, width / 2 + 0.12, 0), 0))
    return things


def chair() -> list[Thing]:
    """A dining chair with a curved back and a woven seat."""
    oak, straw = wood(*OAK, "z"), fabric("#cdb184", 160)
    things: list[Thing] = [tilt(soft_box((0.44, 0.42, 0.05), straw, 0.2, 2), (0, 0, 0.455))]
    for x in (-0.19, 0.19):
        things.append(tubes([[((x * 1.05, -0.19, 0), 0.014), ((x, -0.18, 0.45), 0.018)]], oak))
        things.append(
            tubes(
                [
                    [
                        ((x * 1.05, 0.22, 0), 0.014),
                        ((x, 0.19, 0.45), 0.018),
                        ((x * 1.02, 0.25, 0.78), 0.014),
                    ]
                ],
                oak,
            )
        )
    arc = np.linspace(-0.23, 0.23, 24)
    back = np.stack(
        [
            np.stack([arc, 0.25 + 0.06 * (1 - (arc / 0.23) ** 2), np.full(24, z)], 1)
            for z in (0.66, 0.7, 0.78, 0.82)
        ]
    )
    rest = sheet(back, wood(*OAK, "x"))
    rest.modifiers.new("thick", "SOLIDIFY").thickness = 0.018
    return [*things, rest]


def stool(height: float = 0.66) -> list[Thing]:
    """A bar stool: black frame, oak seat."""
    things: list[Thing] = [
        tilt(soft_box((0.40, 0.36, 0.06), wood(*OAK, "x"), 0.3, 1), (0, 0, height))
    ]
    for x in (-1, 1):
        for y in (-1, 1):
            things.append(
                rod((x * 0.2, y * 0.18, 0), (x * 0.14, y * 0.12, height - 0.02), 0.011, black())
            )
    feet = [(x * 0.175, y * 0.155, 0.22) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    things.append(tubes([[(point, 0.008) for point in feet]], black()))
    return things


def lounger(cloth: str) -> list[Thing]:
    """A sun lounger of teak, its head to the north, raised."""
    teak, pad = wood("#b98a58", "#7a5632", "y"), fabric(cloth)
    things: list[Thing] = []
    for x in (-0.33, 0.33):
        things.append(box((x - 0.03, -1.0, 0.24), (x + 0.03, 1.0, 0.31), teak, 0.008))
        for y in (-0.85, 0.8):
            things.append(box((x - 0.03, y - 0.03, 0), (x + 0.03, y + 0.03, 0.25), teak, 0.006))
    for y in np.arange(-0.98, 0.3, 0.09):
        things.append(
            box((-0.31, y, 0.29), (0.31, y + 0.06, 0.31), wood("#b98a58", "#7a5632", "x"), 0.004)
        )
    things.append(tilt(soft_box((0.64, 1.3, 0.11), pad, 0.2, 1), (0, -0.35, 0.365)))
    things.append(tilt(soft_box((0.64, 0.80, 0.11), pad, 0.2, 2), (0, 0.58, 0.58), x=36))
    things.append(
        tilt(soft_box((0.42, 0.20, 0.11), fabric("#d8cdb9"), 0.5, 3), (0, 0.78, 0.80), x=36)
    )
    return things


def bed(width: float, length: float) -> list[Thing]:
    """A made bed, its head to the north: linen, a throw over its foot, four pillows."""
    white, sand, rust = fabric("#f3eee5"), fabric("#d9c7ab"), fabric("#b98566", 240)
    w, h = width / 2 + 0.01, length / 2 + 0.01
    things: list[Thing] = [
        box((-w, -h, 0.10), (w, -h + 0.04, 0.30), wood(*OAK, "x"), 0.012),
        box((-w, -h + 0.04, 0.10), (-w + 0.04, h, 0.30), wood(*OAK, "y"), 0.012),
        box((w - 0.04, -h + 0.04, 0.10), (w, h, 0.30), wood(*OAK, "y"), 0.012),
        tilt(soft_box((width, length, 0.26), white, 0.1, 1), (0, 0, 0.43)),
        blanket(width, 0.575, 0.33, (-length / 2 - 0.03, length / 2 - 0.62), 0.33, white, 1),
        blanket(width + 0.07, 0.60, 0.29, (-length / 2 + 0.16, -length / 2 + 0.82), 0.0, rust, 2),
        tilt(soft_box((width + 0.06, 0.34, 0.085), white, 0.4, 8), (0, length / 2 - 0.74, 0.60)),
    ]
    for side in (-1, 1):
        x = side * width / 4
        for n, (y, z, lean, cloth) in enumerate(((0.16, 0.80, 62, white), (0.31, 0.77, 54, sand))):
            pillow = cushion(0.74, 0.50, 0.22, cloth, 10 * n + side + 1)
            pillow.location, pillow.rotation_euler = (x, length / 2 - y, z), (
                radians(lean),
                0,
                radians(2 * side),
            )
            things.append(pillow)
    small = cushion(0.58, 0.34, 0.17, striped("#e9dfcc", "#b98566", 0.06, "X"), 5)
    small.location, small.rotation_euler = (0.05, length / 2 - 0.47, 0.74), (
        radians(52),
        0,
        radians(-3),
    )
    return [*things, small]
