"""Trees, grown from numbers; leaves are instances."""

from collections.abc import Callable
from math import pi

import bpy
import numpy as np

from materials import leaf, wood
from shapes import Grid, Point, group, mesh, scatter, tubes

Line = list[tuple[Point, float]]


def spray(
    count: int, length: float, width: float, spread: float, material: bpy.types.Material, seed: int
) -> bpy.types.Object:
    """A twig's worth of pointed leaves about the origin, within a sphere of 1 m across."""
    random = np.random.default_rng(seed)
    vertices, faces = [], []
    for _ in range(count):
        base = random.normal(size=3) * 0.16
        way = random.normal(size=3) + np.array([0, 0, spread])
        way /= np.linalg.norm(way)
        side = np.cross(way, random.normal(size=3))
        side /= np.linalg.norm(side)
        fold = np.cross(way, side) * width * 0.25
        long = length * random.uniform(0.7, 1.2)
        first = len(vertices)
        vertices += [
            base,
            base + way * long * 0.45 + side * width / 2 + fold,
            base + way * long,
            base + way * long * 0.45 - side * width / 2 + fold,
        ]
        faces += [(first, first + 1, first + 2), (first, first + 2, first + 3)]
    return mesh(vertices, faces, material)


def olive(at: Point, height: float = 4.6, seed: int = 1, leaves: int = 5200) -> None:
    """An old olive tree: silvery, with a broken crown."""
    green = leaf("#6f7f5c", "#a3ad8f", back=0.25, gloss=0.45)
    _tree(
        at, height, seed, 4, 0.95, height * 0.05,
        lambda: [spray(34, 0.30, 0.07, 0.5, green, seed + n) for n in range(3)],
        height * 0.075, leaves,
    )  # fmt: skip


def broadleaf(at: Point, height: float = 7, seed: int = 1, leaves: int = 7000) -> None:
    """A full green tree such as a holm oak."""
    green = leaf("#3f5a2a", "#6d8742", back=0.3)
    _tree(
        at, height, seed, 5, 0.8, height * 0.035,
        lambda: [spray(30, 0.3, 0.14, 0.2, green, seed + n) for n in range(3)],
        height * 0.075, leaves,
    )  # fmt: skip


def umbrella_pine(at: Point, height: float = 11, seed: int = 1) -> None:
    """A stone pine: a bare trunk under a flat, dense dome."""
    random = np.random.default_rng(seed)
    lean = random.normal(size=2) * 0.5
    fork = np.array([*lean, height * 0.68])
    trunk = [((0, 0, -0.2), 0.3), (tuple(fork * 0.5 + [0.15, -0.1, 0]), 0.23), (tuple(fork), 0.19)]
    lines: list[Line] = [trunk]
    centres = []
    spread = height * 0.42
    for limb in range(26):
        angle, reach = limb * 2.39996, spread * np.sqrt((limb + 0.5) / 26)
        dome = 1 - 0.55 * (reach / spread) ** 2
        tip = fork + [np.cos(angle) * reach, np.sin(angle) * reach, height * 0.30 * dome]
        lines.append(
            [
                (tuple(fork - [0, 0, 0.4]), 0.1),
                (tuple((fork + tip) / 2 - [0, 0, height * 0.04]), 0.06),
                (tuple(tip), 0.03),
            ]
        )
        centres.append(tip)
    group([tubes(lines, wood("#9a7358", "#54392b", "z", roughness=0.95))], at)
    count = 7000
    chosen = np.array(centres)[random.integers(len(centres), size=count)]
    puff = random.normal(size=(count, 3))
    puff *= (random.uniform(0.3, 1, count) ** 0.4 / np.linalg.norm(puff, axis=1))[:, None]
    points = chosen + puff * np.array([1.0, 1.0, 0.62]) * height * 0.105
    needles = leaf("#3f5f31", "#749351", back=0.2)
    sprays = [spray(60, 0.42, 0.022, 0.9, needles, seed + n) for n in range(3)]
    scatter(
        sprays, points + np.array(at), random.uniform(0.5, 0.8, count), puff + [0, 0, 0.4], seed
    )


def cypress(at: Point, height: float = 8, seed: int = 1) -> None:
    """A dark, narrow column."""
    random = np.random.default_rng(seed)
    count = int(900 * height)
    up = random.uniform(0.02, 1, count) ** 1.15
    profile = np.minimum(1, up * 9) * (1 - up) ** 0.62 * height * 0.105
    angle = random.uniform(0, 2 * pi, count)
    lumps = 1 + 0.16 * np.sin(5 * angle + 9 * up) + 0.1 * random.normal(size=count)
    radius = profile * lumps * random.uniform(0.55, 1, count)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle), up * height], 1)
    outward = np.stack([np.cos(angle), np.sin(angle), np.full(count, 1.6)], 1)
    green = leaf("#375429", "#66854a", back=0.15)
    sprays = [spray(42, 0.55, 0.07, 1.6, green, seed + n) for n in range(3)]
    scatter(sprays, points + np.array(at), random.uniform(0.32, 0.5, count), outward, seed)


def _tree(
    at: Point,
    height: float,
    seed: int,
    trunks: int,
    spread: float,
    girth: float,
    spray: Callable[[], list[bpy.types.Object]],
    size: float,
    leaves: int,
) -> None:
    random = np.random.default_rng(seed)
    lines: list[Line] = []
    tips: list[Grid] = []
    fork = np.array([0.0, 0.0, height * 0.27])
    bend = random.normal(size=3) * [0.12, 0.12, 0]
    stem = [
        (tuple(np.array([0, 0, -0.1])), girth * 1.5),
        (tuple(fork * 0.15), girth * 1.15),
        (tuple(fork * 0.55 + bend), girth * 0.95),
        (tuple(fork), girth),
    ]
    lines.append(stem)
    for limb in range(trunks):
        angle = 2 * pi * limb / trunks + random.uniform(-0.4, 0.4)
        way = np.array([np.cos(angle) * spread, np.sin(angle) * spread, 1.0])
        _grow(random, fork, way, height * 0.33, girth * 0.62, 3, 0.05, 0.22, lines, tips)
    bark = tubes(lines, wood("#8f8270", "#4c4136", "z", roughness=0.95))
    group([bark], at)
    centres = np.array(tips)
    chosen = centres[random.integers(len(centres), size=leaves)]
    points = chosen + random.normal(size=(leaves, 3)) * size * 0.42
    outward = points - np.array([0, 0, height * 0.55])
    scatter(spray(), points + np.array(at), random.uniform(0.7, 1.3, leaves) * size, outward, seed)


def _grow(
    random: np.random.Generator,
    start: Grid,
    way: Grid,
    length: float,
    radius: float,
    depth: int,
    lift: float,
    wander: float,
    lines: list[Line],
    tips: list[Grid],
) -> None:
    """One limb and what it bears; leaves will stand at `tips`."""
    steps = 6
    line: Line = []
    place, heading = start.copy(), way / np.linalg.norm(way)
    for step in range(steps + 1):
        line.append((tuple(place), radius * (1 - 0.55 * step / steps)))
        heading = heading + random.normal(size=3) * wander + np.array([0, 0, lift])
        heading /= np.linalg.norm(heading)
        place = place + heading * length / steps
        if depth <= 1 and step >= 2:
            tips.append(place.copy())
    lines.append(line)
    if depth == 0:
        return
    for _ in range(random.integers(3, 5)):
        at = np.array(line[random.integers(steps // 2, steps + 1)][0])
        aside = np.cross(heading, random.normal(size=3))
        aside /= np.linalg.norm(aside)
        turned = heading * 0.75 + aside * random.uniform(0.7, 1.1)
        shrink = random.uniform(0.62, 0.8)
        _grow(
            random, at, turned, length * shrink, radius * 0.45, depth - 1, lift, wander, lines, tips
        )
