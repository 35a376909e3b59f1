"""Meshes from numbers: everything in the pictures is built of these. Lengths in metres, z up."""

from collections.abc import Iterable, Sequence
from math import cos, pi, radians, sin

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import ArrayLike, NDArray

Point = Sequence[float]
Grid = NDArray[np.float64]


def mesh(
    vertices: ArrayLike,
    faces: Iterable[Iterable[int]],
    material: bpy.types.Material,
    *,
    smooth: bool = False,
    bevel: float = 0.0,
) -> bpy.types.Object:
    """An object in the scene; `bevel` rounds its sharp edges by so much."""
    data = bpy.data.meshes.new("shape")
    data.from_pydata(np.asarray(vertices).tolist(), [], [[*map(int, face)] for face in faces])
    data.materials.append(material)
    if smooth:
        data.shade_smooth()
    thing = bpy.data.objects.new("shape", data)
    bpy.context.scene.collection.objects.link(thing)
    if bevel:
        rounding = thing.modifiers.new("bevel", "BEVEL")
        rounding.width = bevel
        rounding.segments = 3
        rounding.harden_normals = True
    return thing


def group(
    things: Sequence[bpy.types.Object], at: Point = (0, 0, 0), turn: float = 0.0
) -> bpy.types.Object:
    """One thing of many, moved to `at` and turned by `turn` degrees about the vertical."""
    whole = bpy.data.objects.new("group", None)
    bpy.context.scene.collection.objects.link(whole)
    for thing in things:
        thing.parent = whole
    whole.location = at
    whole.rotation_euler = (0, 0, radians(turn))
    return whole


def tilt(thing: bpy.types.Object, at: Point, x: float = 0, y: float = 0, z: float = 0) -> object:
    """Move a thing made about the origin to `at`, turned about its axes by degrees."""
    thing.location = at
    thing.rotation_euler = (radians(x), radians(y), radians(z))
    return thing


def box(
    low: Point, high: Point, material: bpy.types.Material, bevel: float = 0.004
) -> bpy.types.Object:
    """A block between two opposite corners."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    corners = [(x, y, z) for z in (z0, z1) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    faces = [
        (3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7),
    ]  # fmt: skip
    return mesh(corners, faces, material, bevel=bevel)


def sheet(grid: Grid, material: bpy.types.Material) -> bpy.types.Object:
    """A smooth surface through a grid of points (rows, columns, 3)."""
    rows, columns, _ = grid.shape
    index = np.arange(rows * columns).reshape(rows, columns)
    faces = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1)
    return mesh(grid.reshape(-1, 3), faces.reshape(-1, 4), material, smooth=True)


def lathe(
    profile: Sequence[tuple[float, float]],
    at: Point,
    material: bpy.types.Material,
    segments: int = 48,
) -> bpy.types.Object:
    """A turned thing: `profile` gives radius and height from the bottom up."""
    around = np.linspace(0, 2 * pi, segments + 1)
    radius, height = np.array(profile, float).T
    grid = np.stack(
        [
            np.outer(radius, np.cos(around)),
            np.outer(radius, np.sin(around)),
            np.outer(height, np.ones_like(around)),
        ],
        -1,
    )
    turned = sheet(grid, material)
    turned.location = at
    edges = turned.modifiers.new("edges", "EDGE_SPLIT")
    edges.split_angle = radians(40)
    return turned


def cylinder(
    at: Point, radius: float, height: float, material: bpy.types.Material, top: float | None = None
) -> bpy.types.Object:
    """An upright cylinder standing at `at`; `top` is its radius there."""
    above = radius if top is None else top
    return lathe([(0, 0), (radius, 0), (above, height), (0, height)], at, material)


def tubes(
    lines: Sequence[Sequence[tuple[Point, float]]], material: bpy.types.Material
) -> bpy.types.Object:
    """Round rods along lines of (point, radius)."""
    curve = bpy.data.curves.new("tubes", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = 1.0
    curve.bevel_resolution = 3
    curve.use_fill_caps = True
    curve.materials.append(material)
    for line in lines:
        spline = curve.splines.new("POLY")
        spline.points.add(len(line) - 1)
        for target, (point, radius) in zip(spline.points, line, strict=True):
            target.co = (*point, 1)
            target.radius = radius
        spline.use_smooth = True
    thing = bpy.data.objects.new("tubes", curve)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def rod(start: Point, end: Point, radius: float, material: bpy.types.Material) -> bpy.types.Object:
    """A straight round bar."""
    return tubes([[(start, radius), (end, radius)]], material)


def scatter(
    models: Sequence[bpy.types.Object],
    points: Grid,
    sizes: Grid,
    normals: Grid | None = None,
    seed: int = 0,
) -> None:
    """Stand copies of `models` (made about the origin) at `points`, each turned at random.

    Copies are instances, so a hundred thousand cost little. `normals` is where each one's z points.
    """
    random = np.random.default_rng(seed)
    count = len(points)
    up = np.tile([0.0, 0.0, 1.0], (count, 1)) if normals is None else normals
    up = up / np.linalg.norm(up, axis=1, keepdims=True)
    aside = np.cross(up, random.normal(size=(count, 3)))
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    other = np.cross(up, aside)
    half = np.asarray(sizes)[:, None] / 2
    corners = np.stack(
        [points + half * (a * aside + b * other) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))],
        1,
    )
    chosen = random.integers(len(models), size=count)
    for number, model in enumerate(models):
        mine = corners[chosen == number].reshape(-1, 3)
        carrier = mesh(mine, np.arange(len(mine)).reshape(-1, 4), model.active_material)
        carrier.instance_type = "FACES"
        carrier.use_instance_faces_scale = True
        carrier.show_instancer_for_render = False
        model.parent = carrier
        model.matrix_parent_inverse = Matrix.Identity(4)


def ring(radius: float, count: int, start: float = 0.0) -> list[tuple[float, float]]:
    """Points evenly around a circle."""
    return [
        (radius * cos(start + 2 * pi * n / count), radius * sin(start + 2 * pi * n / count))
        for n in range(count)
    ]
