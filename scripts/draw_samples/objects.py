"""Tables, lamps and small things, each made about the origin, standing on z = 0."""

from collections.abc import Iterator
from math import cos, pi, sin

import bpy
import numpy as np

from materials import fabric, lit, plain, striped, wood
from shapes import Grid, Point, box, cylinder, lathe, mesh, ring, rod, sheet, tilt, tubes

OAK = ("#c8a67c", "#9a7850")
WALNUT = ("#7d5636", "#46301d")

Thing = bpy.types.Object


def brass() -> bpy.types.Material:
    """Brushed brass."""
    return plain("#c79a4b", 0.28, 1.0)


def black() -> bpy.types.Material:
    """Black lacquered steel."""
    return plain("#232323", 0.4)


def round_table(
    radius: float, height: float, top: bpy.types.Material, legs: bpy.types.Material
) -> list[Thing]:
    """A round table with a turned edge on three slanted legs."""
    edge = [
        (0, height - 0.04),
        (radius - 0.03, height - 0.04),
        (radius, height - 0.02),
        (radius - 0.012, height),
        (0, height),
    ]
    things = [lathe(edge, (0, 0, 0), top, 96)]
    for x, y in ring(radius * 0.62, 3, 0.4):
        things.append(
            tubes(
                [[((x * 1.15, y * 1.15, 0), 0.02), ((x * 0.8, y * 0.8, height - 0.03), 0.03)]], legs
            )
        )
    return things


def floor_lamp() -> list[Thing]:
    """A reading lamp on a tripod, its linen shade lit."""
    things = [lathe([(0.24, 1.35), (0.17, 1.68)], (0, 0, 0), lit("#ffdca8", 2.2), 64)]
    for x, y in ring(0.30, 3, 0.5):
        things.append(rod((x, y, 0), (x * 0.06, y * 0.06, 1.36), 0.013, wood(*WALNUT, "z")))
    return things


def pendant(drop: float, radius: float, shade: bpy.types.Material) -> list[Thing]:
    """A bell-shaped lamp that hangs `drop` below the origin."""
    bell = [
        (radius * s, -drop + t)
        for s, t in ((1, 0), (0.98, 0.06), (0.82, 0.16), (0.5, 0.25), (0.16, 0.3), (0.05, 0.36))
    ]
    things = [
        lathe(bell, (0, 0, 0), shade, 64),
        rod((0, 0, 0), (0, 0, -drop + 0.34), 0.005, black()),
    ]
    things.append(
        lathe(
            [(0, -drop + 0.02), (0.045, -drop + 0.05), (0.05, -drop + 0.09), (0, -drop + 0.14)],
            (0, 0, 0),
            lit("#ffd9a0", 14),
        )
    )
    return things


def wicker_pendant(drop: float, radius: float) -> list[Thing]:
    """A wide lamp of woven cane that hangs `drop` below the origin."""
    cane, lines = plain("#b98d55", 0.7), []
    for n in range(72):
        angle = 2 * pi * n / 72
        line = []
        for t in np.linspace(0.12, 1, 10):
            reach = radius * sin(t * pi / 2) ** 0.8
            line.append(
                ((reach * cos(angle), reach * sin(angle), -drop + 0.30 * cos(t * pi / 2)), 0.0035)
            )
        lines.append(line)
    for t in np.linspace(0.15, 1, 9):
        reach, z = radius * sin(t * pi / 2) ** 0.8, -drop + 0.30 * cos(t * pi / 2)
        lines.append([((x, y, z), 0.005) for x, y in [*ring(reach, 48), ring(reach, 48)[0]]])
    bulb = lathe(
        [(0, -drop + 0.06), (0.06, -drop + 0.11), (0, -drop + 0.17)], (0, 0, 0), lit("#ffd9a0", 10)
    )
    return [tubes(lines, cane), bulb, rod((0, 0, 0), (0, 0, -drop + 0.28), 0.005, black())]


def parasol(radius: float = 1.7, height: float = 2.6) -> list[Thing]:
    """A canvas parasol of eight panels."""
    cloth = fabric("#efe6d3")
    points = [*ring(radius, 8), ring(radius, 8)[0]]
    grid: Grid = np.zeros((9, 65, 3))
    for row, t in enumerate(np.linspace(0.02, 1, 9)):
        for column in range(65):
            whole, part = divmod(column / 8, 1)
            a, b = np.array(points[int(whole) % 8]), np.array(points[(int(whole) + 1) % 8])
            flat = (a + (b - a) * part) * t
            sag = 0.07 * sin(pi * part) * t
            grid[row, column] = (*flat, height - 0.48 * t**1.15 - sag)
    rim = grid[-1].copy()
    hem = np.stack([grid[-1], rim - [0, 0, 0.16]])
    pole = [
        cylinder((0, 0, 0), 0.028, height, wood("#b98a58", "#7a5632", "z")),
        cylinder((0, 0, 0), 0.28, 0.07, plain("#8c857a", 0.7)),
    ]
    return [sheet(grid, cloth), sheet(hem, cloth), *pole]


def vase(at: Point, height: float, code: str, gloss: float = 0.6) -> Thing:
    """A thrown pot with a narrow neck."""
    profile = [
        (0.0, 0.0),
        (0.20, 0.0),
        (0.31, 0.16),
        (0.36, 0.36),
        (0.30, 0.58),
        (0.16, 0.76),
        (0.13, 0.88),
        (0.17, 1.0),
        (0.13, 0.99),
        (0.10, 0.86),
    ]
    return lathe([(r * height, z * height) for r, z in profile], at, plain(code, gloss))


def bowl(at: Point, radius: float, code: str) -> Thing:
    """An open bowl."""
    outside = [
        (0, 0),
        (0.45, 0.0),
        (0.8, 0.22),
        (1, 0.52),
        (0.96, 0.52),
        (0.74, 0.24),
        (0.3, 0.08),
        (0, 0.07),
    ]
    return lathe([(r * radius, z * radius) for r, z in outside], at, plain(code, 0.45))


def fruit(at: Point, radius: float, code: str, count: int, spread: float) -> list[Thing]:
    """Lemons, oranges and their like in a heap."""
    random = np.random.default_rng(count)
    made = []
    for n in range(count):
        turn = np.linspace(0, pi, 14)
        profile = [(radius * sin(t), radius * (1 - 1.15 * cos(t))) for t in turn]
        x, y = random.normal(0, spread, 2)
        made.append(
            tilt(
                lathe(profile, (0, 0, 0), plain(code, 0.42)),
                (at[0] + x, at[1] + y, at[2] + 0.4 * radius * (n % 3)),
                x=random.uniform(40, 90),
                z=random.uniform(0, 360),
            )
        )
    return made


def book_row(at: Point, count: int, seed: int) -> None:
    """Books standing side by side, along x from `at`."""
    x, y, z = at
    for thick, tall, deep, cover in _volumes(count, seed):
        box((x, y, z), (x + thick, y + deep, z + tall), cover, 0.003)
        x += thick


def book_pile(at: Point, count: int, seed: int) -> None:
    """Books lying on each other, a little askew."""
    x, y, z = at
    random = np.random.default_rng(seed)
    for thick, tall, deep, cover in _volumes(count, seed):
        book = box((-tall / 2, -deep / 2, 0), (tall / 2, deep / 2, thick), cover, 0.003)
        tilt(book, (x, y, z), z=random.uniform(-14, 14))
        z += thick


def _volumes(count: int, seed: int) -> Iterator[tuple[float, float, float, bpy.types.Material]]:
    """Thickness, height, depth and cover of so many books."""
    random = np.random.default_rng(seed)
    covers = ("#d8cfc0", "#7f8f86", "#b5674a", "#33475b", "#e6dccb", "#8a7a5c", "#c9a66b")
    for _ in range(count):
        cover = plain(str(random.choice(covers)), 0.6)
        yield random.uniform(0.018, 0.045), random.uniform(0.2, 0.28), random.uniform(
            0.15, 0.2
        ), cover


def frame(width: float, height: float, art: bpy.types.Material) -> list[Thing]:
    """A framed picture that hangs on a wall to the north, centred on the origin."""
    oak, w, h = wood(*OAK, "x"), width / 2, height / 2
    return [
        box((-w, -0.03, -h), (w, -0.001, h), oak, 0.003),
        box(
            (-w + 0.025, -0.034, -h + 0.025),
            (w - 0.025, -0.03, h - 0.025),
            plain("#f6f2ea", 0.8),
            0,
        ),
        mesh(
            [
                (-w * 0.74, -0.036, -h * 0.76),
                (w * 0.74, -0.036, -h * 0.76),
                (w * 0.74, -0.036, h * 0.76),
                (-w * 0.74, -0.036, h * 0.76),
            ],
            [(0, 1, 2, 3)],
            art,
        ),
    ]


def rug(width: float, length: float, code: str, stripe: str) -> list[Thing]:
    """A thick woven rug with a striped border and fringes at its short ends (along x)."""
    wool, w, h = striped(code, stripe, 0.42, "X"), width / 2, length / 2
    x, y = np.meshgrid(np.linspace(-w, w, 90), np.linspace(-h, h, 60), indexing="ij")
    random = np.random.default_rng(4)
    z = 0.014 + 0.002 * np.sin(x * 5 + 1) * np.sin(y * 4) + random.normal(0, 0.0004, x.shape)
    lines = [
        [
            ((side * w, y0, 0.012), 0.0022),
            ((side * (w + 0.07), y0 + random.normal(0, 0.01), 0.004), 0.0015),
        ]
        for side in (-1, 1)
        for y0 in np.arange(-h + 0.01, h, 0.022)
    ]
    return [
        sheet(np.stack([x, y, z], -1), wool),
        box((-w, -h, 0), (w, h, 0.012), wool, 0),
        tubes(lines, plain(code, 0.9)),
    ]
