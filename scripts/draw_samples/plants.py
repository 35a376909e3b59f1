"""Shrubs, flowers, grass and house plants."""

from collections.abc import Sequence
from math import pi

import bpy
import numpy as np

from materials import leaf, wood
from shapes import Grid, Point, mesh, scatter, tubes
from trees import spray


def lavender(points: Grid, seed: int = 1, size: float = 0.75) -> None:
    """Cushions of lavender in flower."""
    random = np.random.default_rng(seed)
    leaves, flowers = leaf("#7f8f6c", "#9aa588", 0.2), leaf("#6a56a6", "#9b86cf", 0.3)
    models = []
    for _ in range(3):
        vertices: list[Grid] = []
        faces: list[tuple[int, ...]] = []
        blades = 210
        for n in range(blades * 2):
            angle = random.uniform(0, 2 * pi)
            lean = random.uniform(0, 0.62) ** 0.8
            way = np.array([np.cos(angle) * lean, np.sin(angle) * lean, 1 - 0.45 * lean])
            aside = np.array([-np.sin(angle), np.cos(angle), 0])
            flower = n >= blades
            low, high = (0.62, 0.86) if flower else (0.05, 0.62)
            low, high = low * random.uniform(0.85, 1.1), high * random.uniform(0.85, 1.15)
            half = 0.013 if flower else 0.006
            first = len(vertices)
            middle = way * (low + high) / 2
            vertices += [way * low, middle + aside * half, way * high, middle - aside * half]
            faces.append((first, first + 1, first + 2, first + 3))
        model = mesh(vertices, faces, leaves)
        model.data.materials.append(flowers)
        for face in model.data.polygons[blades:]:
            face.material_index = 1
        models.append(model)
    scatter(models, points, random.uniform(0.8, 1.2, len(points)) * size, None, seed)


def shrub(points: Grid, sizes: Sequence[float], first: str, second: str, seed: int = 1) -> None:
    """Round evergreen bushes; sizes are their widths."""
    random = np.random.default_rng(seed)
    places, scales, ways = [], [], []
    for point, size in zip(points, sizes, strict=True):
        count = int(420 * size)
        way = random.normal(size=(count, 3))
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        way[:, 2] = np.abs(way[:, 2])
        lumps = 1 + 0.13 * np.sin(way @ (random.normal(size=(3,)) * 6))
        reach = random.uniform(0.6, 1, count) ** 0.5 * lumps * size / 2
        places.append(np.array(point) + way * reach[:, None] * [1, 1, 0.9])
        scales.append(random.uniform(0.22, 0.34, count))
        ways.append(way + [0, 0, 0.4])
    sprays = [spray(26, 0.34, 0.13, 0.4, leaf(first, second, 0.25), seed + n) for n in range(3)]
    scatter(sprays, np.concatenate(places), np.concatenate(scales), np.concatenate(ways), seed)


def blossom(points: Grid, sizes: Grid, first: str, second: str, seed: int = 1) -> None:
    """Sprays of flowers or leaves at given places, such as a bougainvillea's."""
    sprays = [spray(18, 0.32, 0.20, 0.3, leaf(first, second, 0.45), seed + n) for n in range(3)]
    scatter(sprays, points, sizes, None, seed)


def grass(points: Grid, seed: int = 1, height: float = 0.07) -> None:
    """Tufts of lawn."""
    random = np.random.default_rng(seed)
    blade = leaf("#6d9140", "#a3b95f", back=0.4)
    models = []
    for _ in range(4):
        vertices: list[Grid] = []
        faces: list[tuple[int, ...]] = []
        for _ in range(42):
            foot = np.array([*random.uniform(-1.1, 1.1, 2), 0])
            angle, lean = random.uniform(0, 2 * pi), random.uniform(0.1, 0.7)
            tall = random.uniform(0.5, 1.1)
            bend = np.array([np.cos(angle), np.sin(angle), 0]) * lean
            aside = np.array([-np.sin(angle), np.cos(angle), 0]) * 0.035
            first = len(vertices)
            middle, tip = foot + bend * 0.3 + [0, 0, tall * 0.6], foot + bend + [0, 0, tall]
            vertices += [
                foot - aside,
                foot + aside,
                middle + aside * 0.8,
                middle - aside * 0.8,
                tip,
            ]
            faces += [(first, first + 1, first + 2, first + 3), (first + 3, first + 2, first + 4)]
        models.append(mesh(vertices, faces, blade))
    scatter(models, points, random.uniform(0.7, 1.4, len(points)) * height, None, seed)


def potted(at: Point, height: float, pot: bpy.types.Object, seed: int = 1) -> None:
    """A house plant with long arching leaves in a pot that stands at `at`."""
    random = np.random.default_rng(seed)
    pot.location = at
    vertices: list[Grid] = []
    faces: list[tuple[int, ...]] = []
    base = np.array(at) + [0, 0, height * 0.3]
    for n in range(26):
        angle = n * 2.39996
        reach, tall = random.uniform(0.25, 0.6) * height, random.uniform(0.35, 0.75) * height
        out = np.array([np.cos(angle), np.sin(angle), 0])
        aside = np.array([-np.sin(angle), np.cos(angle), 0])
        first = len(vertices)
        for step in range(9):
            t = step / 8
            spine = base + out * reach * t**1.4 + np.array([0, 0, tall * (1.5 * t - 0.62 * t**2.6)])
            wide = 0.085 * height * np.sin(pi * min(1, 0.12 + 0.9 * t)) ** 0.8
            vertices += [spine - aside * wide, spine + [0, 0, -0.1 * wide], spine + aside * wide]
            if step:
                row = first + 3 * (step - 1)
                faces += [(row, row + 1, row + 4, row + 3), (row + 1, row + 2, row + 5, row + 4)]
    mesh(vertices, faces, leaf("#2f5230", "#5c7f45", 0.3, gloss=0.35), smooth=True)


def twigs(at: tuple[float, float, float], seed: int) -> None:
    """Olive twigs in a vase."""
    random = np.random.default_rng(seed)
    points, ways = [], []
    lines = []
    for _ in range(7):
        way = np.array([*random.normal(0, 0.42, 2), 1.0])
        line = []
        for step in range(7):
            place = np.array(at) + way * 0.075 * step + [0, 0, -0.006 * step**2]
            line.append((tuple(place), 0.004 - 0.0004 * step))
            if step > 1:
                points += [place + random.normal(0, 0.02, 3) for _ in range(3)]
                ways += [way] * 3
        lines.append(line)
    tubes(lines, wood("#8f8270", "#4c4136", "z"))
    blossom(np.array(points), np.full(len(points), 0.14), "#6f7f5c", "#a3ad8f", seed)
