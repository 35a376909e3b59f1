"""Terrace, pool, garden, and the land down to the sea."""

from math import cos, radians, sin

import numpy as np

import layout
import objects
import seats
from clear import basin, pool_water
from house import BEAM
from materials import paving, plain, wood
from nodes import Graph, Socket, material
from plants import blossom, grass, lavender, shrub
from shapes import Grid, box, group, lathe, mesh, sheet
from trees import olive

LIMESTONE = "#cdbfa4"


def grounds() -> None:
    """All that lies around the house, but for the sea."""
    pergola()
    terrace()
    terrace_furniture()
    pool()
    land()
    garden()


def pergola() -> None:
    """Oak posts and rafters over the terrace, with a bougainvillea."""
    x0, y0, x1, y1 = layout.PERGOLA
    oak, top = wood(*BEAM, "x"), 2.62
    for x in np.linspace(x0 + 0.15, x1 - 0.15, 4):
        box((x - 0.09, y0, 0), (x + 0.09, y0 + 0.18, top), wood(*BEAM, "z"), 0.01)
        box((x - 0.14, y0 - 0.05, 0), (x + 0.14, y0 + 0.23, 0.06), plain("#8e8577", 0.8))
    box((x0 - 0.25, y0 - 0.01, top), (x1 + 0.25, y0 + 0.19, top + 0.22), oak, 0.01)
    box((x0, y1 - 0.14, top), (x1, y1 - 0.01, top + 0.2), oak, 0.01)
    for x in np.arange(x0 + 0.1, x1, 0.56):
        box(
            (x - 0.045, y0 - 0.45, top + 0.2),
            (x + 0.045, y1 - 0.01, top + 0.36),
            wood(*BEAM, "y"),
            0.008,
        )
    bougainvillea((x1 - 0.2, y0 + 0.1), top, 4.4)


def bougainvillea(post: tuple[float, float], height: float, reach: float) -> None:
    """One in flower that climbs a post and spreads westward along the beam on it."""
    random = np.random.default_rng(8)
    x, y = post
    climb = np.column_stack(
        [
            random.normal(x, 0.17, 1300),
            random.normal(y, 0.17, 1300),
            random.uniform(0.5, height + 0.3, 1300),
        ]
    )
    away = reach * random.beta(1, 1.7, 2900)
    thin = 1 - 0.75 * away / reach
    spread = np.column_stack(
        [
            x + 0.4 - away,
            y - 0.15 + random.normal(0, 0.26, 2900) * thin,
            height + 0.38 + random.normal(0, 0.15, 2900) * thin,
        ]
    )
    points = np.concatenate([climb, spread])
    flower = random.uniform(size=len(points)) < 0.55
    size = random.uniform(0.11, 0.21, len(points))
    blossom(points[flower], size[flower], "#b3226e", "#dd5ba3", 5)
    blossom(points[~flower], size[~flower], "#456532", "#76954d", 6)


def terrace() -> None:
    """Limestone slabs around the pool and before the house."""
    x0, y0, x1, y1 = layout.TERRACE
    px0, py0, px1, py1 = layout.POOL
    slab = paving(LIMESTONE)
    for low, high in (
        ((x0, py1), (x1, y1)), ((x0, y0), (x1, py0)),
        ((x0, py0), (px0, py1)), ((px1, py0), (x1, py1)),
    ):  # fmt: skip
        box((*low, -0.35), (*high, 0.0), slab, 0)
    rim = paving("#e6dcc8", (0.9, 0.9))
    for low, high in (
        ((px0 - 0.3, py0 - 0.3), (px1 + 0.3, py0)), ((px0 - 0.3, py1), (px1 + 0.3, py1 + 0.3)),
        ((px0 - 0.3, py0), (px0, py1)), ((px1, py0), (px1 + 0.3, py1)),
    ):  # fmt: skip
        box((*low, -0.1), (*high, 0.025), rim, 0.012)


def terrace_furniture() -> None:
    """A table under the pergola, loungers and a parasol by the pool, pots of flowers."""
    group(seats.long_table(2.4, 1.0, 3), (3.4, -2.2, 0), 0)
    objects.bowl((3.4, -2.2, 0.755), 0.19, "#7d8c80")
    objects.fruit((3.4, -2.2, 0.82), 0.037, "#f0c021", 9, 0.06)
    for y in (-6.9, -8.7):
        group(seats.lounger("#f1e9da"), (-0.45, y, 0), 90)
    group(objects.parasol(), (-0.9, -7.8, 0))
    pots = ((10.6, -3.4), (10.75, -2.7), (-1.5, -4.5), (14.0, -0.85))
    clay = plain("#b56c48", 0.85)
    for x, y in pots:
        lathe(
            [(0, 0), (0.17, 0), (0.27, 0.42), (0.3, 0.46), (0.27, 0.5), (0.24, 0.44), (0, 0.42)],
            (x, y, 0),
            clay,
        )
    lavender(np.array([(x, y, 0.4) for x, y in pots]), 9, 0.62)


def pool() -> None:
    """The basin, tiled in pale turquoise, full of water."""
    x0, y0, x1, y1 = layout.POOL
    tiles = basin()
    sides = basin("xzy")
    ends = basin("yzx")
    box((x0, y0, -1.35), (x1, y1, -1.2), tiles, 0)
    box((x0 - 0.02, y0 - 0.02, -1.6), (x1 + 0.02, y0 + 0.001, -0.01), sides, 0)
    box((x0 - 0.02, y1 - 0.001, -1.6), (x1 + 0.02, y1 + 0.02, -0.01), sides, 0)
    box((x0 - 0.02, y0, -1.6), (x0 + 0.001, y1, -0.01), ends, 0)
    box((x1 - 0.001, y0, -1.6), (x1 + 0.02, y1, -0.01), ends, 0)
    for step in range(4):
        box(
            (x1 - 0.35 * (4 - step), y0 + 0.2, -1.3),
            (x1, y0 + 1.9, -1.0 + 0.23 * step),
            tiles,
            0.01,
        )
    mesh(
        [(x0, y0, -0.09), (x1, y0, -0.09), (x1, y1, -0.09), (x0, y1, -0.09)],
        [(0, 1, 2, 3)],
        pool_water(),
    )


def garden() -> None:
    """The trees and beds that every view of the house shares."""
    random = np.random.default_rng(2)
    olive((18.4, -6.6, 0), 4.4, seed=4)
    olive((24.0, -8.2, 0), 4.8, seed=12)
    windows = [(o.place[0] - 0.3, o.place[2] + 0.3) for o in layout.SOUTH]
    row = [x for x in np.linspace(10.7, 22.5, 40) if not any(a < x < b for a, b in windows)]
    bed = [(x, -0.85 + random.normal(0, 0.08), -0.05) for x in row if x > 14.4]
    front = np.column_stack(
        [random.uniform(14.9, 18.6, 44), random.uniform(-12.7, -11.3, 44), np.full(44, -0.05)]
    )
    edge = np.column_stack([np.full(18, 14.75), np.linspace(-11, -1.5, 18), np.full(18, -0.05)])
    south = np.column_stack(
        [np.linspace(-1, 14, 40), -11.9 + random.normal(0, 0.12, 40), np.full(40, -0.08)]
    )
    lavender(np.concatenate([np.array(bed), front, edge, south]), 2)
    hedge = np.column_stack(
        [np.linspace(-8, 32, 42), -14.6 + random.normal(0, 0.4, 42), np.full(42, -0.15)]
    )
    hedge = hedge[(hedge[:, 0] < 6) | (hedge[:, 0] > 19)]
    shrub(hedge, random.uniform(0.8, 1.5, len(hedge)), "#5d7443", "#8a9c62", 3)


def lawn(low: tuple[float, float], high: tuple[float, float], eye: tuple[float, float]) -> None:
    """Grass on the rectangle `low`–`high`, off the paving; it thins with distance from `eye`."""
    random = np.random.default_rng(11)
    count = 170_000
    points = np.stack(
        [random.uniform(low[0], high[0], count), random.uniform(low[1], high[1], count)], 1
    )
    far = np.hypot(points[:, 0] - eye[0], points[:, 1] - eye[1])
    kept = random.uniform(size=count) < np.clip(9 / far, 0.12, 1) ** 1.3
    x0, y0, x1, y1 = layout.TERRACE
    x, y = points.T
    paved = (x > x0) & (x < x1) & (y > y0) & (y < y1)
    indoors = (x > -0.4) & (x < 22.7) & (y > -0.5)
    points = points[kept & ~paved & ~indoors]
    grass(np.column_stack([points, np.full(len(points), -0.06)]))


def land() -> None:
    """Garden ground that falls away to the coast, with hills beyond."""
    made, g = material("earth")
    where = g.position()
    patches = g.noise(where, 0.35, 6, 0.6)
    near = g.ramp(patches, (0.3, "#5f7438"), (0.5, "#7c8748"), (0.72, "#99935c"))
    g.surface(g("BsdfPrincipled", Base_Color=haze(g, near), Roughness=0.95))
    px0, py0, px1, py1 = layout.POOL
    x, y = np.meshgrid(
        (px0 + px1) / 2 + _spread(900), (py0 + py1) / 2 + _spread(900), indexing="ij"
    )
    away = np.maximum(0, -(y + 15.5))
    fall = -np.minimum(46, 0.32 * away**0.86)
    ripple = 1.5 * np.sin(x / 31 + 1) * np.sin(y / 23) + 0.6 * np.sin(x / 9 + y / 13)
    rough = ripple * np.clip((np.hypot(x - 11, y) - 26) / 60, 0, 1)
    dug = (x > px0 - 0.4) & (x < px1 + 0.4) & (y > py0 - 0.4) & (y < py1 + 0.4)
    level = np.where(away > 0, fall, 0) + rough - 0.06
    sheet(np.stack([x, y, np.where(dug, -2.5, level)], -1), made)


def sea() -> None:
    """The Mediterranean to the horizon, and headlands."""
    level = -44.0
    made, g = material("sea")
    where = g.position()
    swell = g.noise(g("Mapping", where, Scale=(0.02, 0.05, 1)), 1.0, 8, 0.7)
    currents = g.noise(g("Mapping", where, Scale=(0.0006, 0.004, 1)), 1.0, 4)
    deep = g.mix(g.math("MULTIPLY", currents, 0.5), "#1d5f86", "#4f93ad")
    g.surface(
        g(
            "BsdfPrincipled",
            Base_Color=haze(g, deep, reach=16000),
            Roughness=0.22,
            IOR=1.33,
            Normal=g.bump(swell, 1.2),
        )
    )
    mesh(
        [(-4e4, -4e4, level), (4e4, -4e4, level), (4e4, -120, level), (-4e4, -120, level)],
        [(0, 1, 2, 3)],
        made,
    )
    made, g = material("hills")
    rock = g.ramp(g.noise(g.position(), 0.004, 8, 0.65), (0.35, "#55663f"), (0.65, "#8c8a68"))
    g.surface(g("BsdfPrincipled", Base_Color=haze(g, rock, "#a9bfd4", 4200), Roughness=1.0))
    for azimuth, distance, tall, wide in (
        (243, 7000, 300, 3000),
        (258, 5200, 210, 2400),
        (128, 8000, 330, 3600),
    ):
        t, s = np.meshgrid(np.linspace(-1, 1, 120), np.linspace(-1, 1, 24), indexing="ij")
        ridge = (1 - t**2) * (
            0.55 + 0.25 * np.sin(5 * t + azimuth) + 0.12 * np.sin(13 * t) + 0.06 * np.sin(31 * t)
        )
        a = radians(azimuth)
        x = sin(a) * distance + cos(a) * t * wide + sin(a) * s * 700
        y = cos(a) * distance - sin(a) * t * wide + cos(a) * s * 700
        sheet(np.stack([x, y, level - 5 + tall * ridge * (1 - s**2)], -1), made)


def haze(g: Graph, tone: Socket, code: str = "#b9cbdb", reach: float = 5200.0) -> Socket:
    """A colour paling with its distance from the eye."""
    far = g("CameraData", out="View Distance")
    veil = g.math("SUBTRACT", 1.0, g.math("POWER", 2.718, g.math("DIVIDE", far, -reach)))
    return g.mix(veil, tone, code)


def _spread(reach: float) -> Grid:
    t = np.linspace(-1, 1, 221)
    return np.sign(t) * np.abs(t) ** 2.6 * reach
