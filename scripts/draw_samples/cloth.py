"""Soft things: upholstery, cushions, curtains, blankets."""

from math import pi

import bpy
import numpy as np

from shapes import Grid, Point, group, sheet


def soft_box(
    size: Point, material: bpy.types.Material, hardness: float = 0.28, seed: int = 0
) -> bpy.types.Object:
    """An upholstered block about the origin: a superellipsoid, a little uneven as stuffing is."""
    across = np.linspace(-pi / 2, pi / 2, 49)[:, None]
    around = np.linspace(-pi, pi, 97)[None, :]

    def power(value: Grid) -> Grid:
        return np.sign(value) * np.abs(value) ** hardness

    unit = np.stack(
        [
            power(np.cos(across)) * power(np.cos(around)),
            power(np.cos(across)) * power(np.sin(around)),
            power(np.sin(across)) * np.ones_like(around),
        ],
        -1,
    )
    uneven = 1 + 0.012 * _ripples(unit, seed, 2.5)
    return sheet(unit * uneven[..., None] * np.array(size) / 2, material)


def cushion(
    width: float, height: float, depth: float, material: bpy.types.Material, seed: int = 0
) -> bpy.types.Object:
    """A scatter cushion lying about the origin: pinched seams, full in the middle."""
    u, v = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 41), indexing="ij")
    x = width / 2 * u * (1 - 0.07 * (1 - v**2))
    y = height / 2 * v * (1 - 0.07 * (1 - u**2))
    full = np.clip((1 - u**2) * (1 - v**2), 0, 1)
    folds = 1 + 0.16 * _ripples(np.stack([u, v, 0 * u], -1), seed, 3.0) * (1 - full)
    z = depth / 2 * full**0.42 * folds
    top, bottom = np.stack([x, y, z], -1), np.stack([x, y, -z], -1)[::-1]
    return group([sheet(top, material), sheet(bottom, material)])


def curtain(
    start: Point,
    end: Point,
    height: float,
    material: bpy.types.Material,
    pleats: int = 9,
    seed: int = 0,
) -> bpy.types.Object:
    """Cloth hanging in soft pleats between two points on the floor."""
    random = np.random.default_rng(seed)
    t = np.linspace(0, 1, pleats * 16)
    rise = np.linspace(0, 1, 30)
    first, last = np.array(start, float), np.array(end, float)
    along = (last - first)[:2] / np.linalg.norm((last - first)[:2])
    wave = np.sin(2 * pi * pleats * t + 0.6 * np.sin(2 * pi * 2 * t + random.uniform(0, 6)))
    drift = 0.012 * np.sin(2 * pi * 1.3 * t + random.uniform(0, 6))
    grid = np.empty((len(rise), len(t), 3))
    for row, up in enumerate(rise):
        depth = (0.055 - 0.025 * up) * wave + drift * (1 - up)
        base = first[:2] + np.outer(t, (last - first)[:2])
        grid[row, :, :2] = base + np.outer(depth, [-along[1], along[0]])
        grid[row, :, 2] = first[2] + up * height
    return sheet(grid, material)


def blanket(
    width: float,
    top: float,
    drop: float,
    reach: tuple[float, float],
    foot: float,
    cloth: bpy.types.Material,
    seed: int,
) -> bpy.types.Object:
    """A blanket across a bed between two y; it hangs `drop` at its sides and `foot` at its foot."""
    random = np.random.default_rng(seed)
    half, (y0, y1), bend = width / 2 + 0.035, reach, 0.06
    s, r = np.meshgrid(np.linspace(-half - drop, half + drop, 150), np.linspace(y0 - foot, y1, 110))
    aside, below = np.abs(s) - half, y0 - r
    over = np.maximum(np.clip(aside, 0, None), np.clip(below, 0, None))
    nearest = np.maximum(aside, below if foot else -np.ones_like(r))
    soft = np.clip((nearest + bend) / (2 * bend), 0, 1) ** 2 * bend * 0.7
    hang = np.clip(over / max(drop, foot), 0, 1)
    a, b, c, d = random.uniform(0, 6, 4)
    beside = 0.022 * np.sin(11 * r + a) * hang * (aside > 0) * np.clip(-below / 0.3, 0, 1)
    before = 0.016 * np.sin(9 * s + a) * hang * (below > 0) * np.clip(-aside / 0.3, 0, 1)
    x = np.sign(s) * (np.minimum(np.abs(s), half) + beside)
    y = np.maximum(r, y0) - before
    crease = 0.010 * np.sin(5 * s + 3 * r + b) * np.sin(4 * r - 2 * s + c) + 0.004 * np.sin(
        13 * s - 9 * r + d
    )
    z = top - over - soft + crease * np.clip(1 - over / 0.1, 0, 1)
    return sheet(np.stack([x, y, z], -1), cloth)


def _ripples(points: Grid, seed: int, frequency: float) -> Grid:
    random = np.random.default_rng(seed)
    total = np.zeros(points.shape[:-1])
    for octave in range(3):
        direction = random.normal(size=(3, 3)) * frequency * 1.7**octave
        phase = random.uniform(0, 2 * pi, 3)
        total += np.sin(points @ direction + phase).prod(-1) / (octave + 1)
    return total
