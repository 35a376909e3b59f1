"""The house from outside, built from the figures of the floor plan."""

from math import cos, pi, radians, sin

import bpy
import numpy as np

import layout
from clear import pane
from layout import WALL, Opening
from materials import pieces, plain, plaster, rubble, wood
from shapes import Grid, Point, box, group, mesh

IRON = "#2e2f30"
BEAM = ("#a9835a", "#70502f")


def house() -> None:
    """Walls, roofs, windows and shutters."""
    lime, stone = plaster(), rubble()
    east, north = layout.WIDTH + WALL, layout.DEPTH
    split = layout.SPLIT
    day = tuple(h for h in holes(layout.SOUTH, 0) if h[0] < split)
    night = tuple(h for h in holes(layout.SOUTH, 0) if h[0] > split)
    wall((-WALL, -WALL), (split, 0), -0.4, layout.DAY_EAVES, day, lime)
    wall((split, -WALL), (east, 0), -0.4, layout.NIGHT_EAVES, night, stone)
    wall((-WALL, 0), (0, north), -0.4, layout.DAY_EAVES, holes(layout.WEST, 1), lime)
    wall((split - WALL / 2, 0), (split + WALL / 2, north), 2.3, layout.DAY_EAVES, (), lime)
    wall(
        (east - WALL, 0),
        (east, north),
        -0.4,
        layout.NIGHT_EAVES,
        holes(layout.EAST, 1),
        rubble("yzx"),
    )
    wall((-WALL, north), (split, north + WALL), -0.4, layout.DAY_EAVES, (), lime)
    wall((split, north), (east, north + WALL), -0.4, layout.NIGHT_EAVES, (), lime)
    for opening in layout.SOUTH + layout.WEST + layout.EAST:
        glazing(opening)
    for opening in layout.SOUTH[2:4]:
        shutters(opening)
    for opening in layout.SOUTH:
        x0, _, x1, _ = opening.place
        box(
            (x0 - 0.12, -WALL - 0.025, opening.head),
            (x1 + 0.12, -WALL + 0.02, opening.head + 0.2),
            wood(*BEAM, "x"),
        )
    gable_roof(-WALL, split + WALL / 2, layout.DAY_EAVES)
    gable_roof(split + WALL / 2, east, layout.NIGHT_EAVES)


def wall(
    start: tuple[float, float],
    end: tuple[float, float],
    low: float,
    high: float,
    holes: tuple[tuple[float, float, float, float], ...],
    face: bpy.types.Material,
) -> None:
    """A wall filling the rectangle `start`–`end`, with holes (from, to, sill, head).

    Holes run along its longer side.
    """
    (x0, y0), (x1, y1) = start, end
    along_x = x1 - x0 > y1 - y0
    at, stop = (x0, x1) if along_x else (y0, y1)

    def block(first: float, last: float, bottom: float, top: float) -> None:
        if last - first < 1e-6 or top - bottom < 1e-6:
            return
        if along_x:
            box((first, y0, bottom), (last, y1, top), face, 0)
        else:
            box((x0, first, bottom), (x1, last, top), face, 0)

    for first, last, sill, head in sorted(holes):
        block(at, first, low, high)
        block(first, last, low, sill)
        block(first, last, head, high)
        at = last
    block(at, stop, low, high)


def holes(
    openings: tuple[Opening, ...], axis: int
) -> tuple[tuple[float, float, float, float], ...]:
    """The openings of a wall along x (axis 0) or y (axis 1) as holes."""
    return tuple((o.place[axis], o.place[axis + 2], o.sill, o.head) for o in openings)


def glazing(opening: Opening) -> None:
    """A slim dark frame with glass in the wall's depth; wide ones have a post in the middle."""
    x0, y0, x1, y1 = opening.place
    iron = plain(IRON, 0.45)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    along_x = x1 - x0 > y1 - y0
    width = x1 - x0 if along_x else y1 - y0
    leaves = max(1, round(width / 1.4))
    parts = []
    for n in range(leaves + 1):
        at = -width / 2 + width * n / leaves
        half = 0.045 if 0 < n < leaves else 0.06
        at = min(max(at, -width / 2 + half), width / 2 - half)
        parts.append(box((at - half, -0.035, opening.sill), (at + half, 0.035, opening.head), iron))
    for bottom in (opening.sill, opening.head - 0.07):
        parts.append(box((-width / 2, -0.034, bottom), (width / 2, 0.034, bottom + 0.07), iron))
    flat = [(-width / 2, 0, opening.sill), (width / 2, 0, opening.sill)]
    flat += [(width / 2, 0, opening.head), (-width / 2, 0, opening.head)]
    parts.append(mesh(flat, [(0, 1, 2, 3)], pane()))
    group(parts, (middle_x, middle_y, 0), 0 if along_x else 90)


def shutters(opening: Opening, code: str = "#8fa39b") -> None:
    """A pair of louvred shutters, open against a south wall."""
    x0, y0, x1, _ = opening.place
    paint = plain(code, 0.55)
    width, tall = (x1 - x0) / 2, opening.head - opening.sill
    for side in (-1, 1):
        left = x0 - width - 0.02 if side < 0 else x1 + 0.02
        parts = []
        for low_x in (0.0, width - 0.07):
            parts.append(box((low_x, -0.04, 0), (low_x + 0.07, 0, tall), paint))
        for low_z in (0.0, tall / 2 - 0.04, tall - 0.08):
            parts.append(box((0, -0.04, low_z), (width, 0, low_z + 0.08), paint))
        for n in range(int(tall / 0.055)):
            slat = box((0.06, -0.004, -0.03), (width - 0.06, 0.004, 0.03), paint, 0)
            slat.location = (0, -0.02, 0.03 + n * 0.055)
            slat.rotation_euler = (radians(-38), 0, 0)
            parts.append(slat)
        group(parts, (left, y0 - 0.015, opening.sill))


def gable_roof(x0: float, x1: float, eaves: float, pitch: float = 0.30) -> None:
    """A roof with its ridge east–west, gables, and two rows of tiles under its eaves."""
    y0, y1, over = -WALL, layout.DEPTH + WALL, 0.42
    middle = (y0 + y1) / 2
    rise = (middle - y0) * pitch
    drop = over * pitch
    ridge = eaves + rise + 0.12
    low, high = eaves + 0.12 - drop, ridge
    a, b = x0 - 0.18, x1 + 0.18
    tiled_slope(((a, y0 - over, low), (b, y0 - over, low)), ((a, middle, high), (b, middle, high)))
    tiled_slope(((b, y1 + over, low), (a, y1 + over, low)), ((b, middle, high), (a, middle, high)))
    face = plaster()
    for x in (x0, x1 - WALL):
        outline = [(y0, eaves), (y1, eaves), (middle, eaves + rise)]
        points = [(x + dx, y, z) for dx in (0, WALL) for y, z in outline]
        mesh(points, [(0, 1, 4, 3), (1, 2, 5, 4), (2, 0, 3, 5)], face)
        mesh(points, [(0, 2, 1), (3, 4, 5)], face)
    board = [
        (a, y0 - over, low - 0.02),
        (b, y0 - over, low - 0.02),
        (b, middle, high - 0.02),
        (a, middle, high - 0.02),
    ]
    mesh(board, [(0, 3, 2, 1)], wood(*BEAM, "x"))
    clay = pieces("#b9704a", "#d09a70", "#a8593a", roughness=0.9)
    for row in (0, 1):
        count = int((x1 - x0) / 0.21)
        rods = [
            (x0 + (n + 0.5 + row / 2) * 0.21, y0 - 0.02 - 0.1 * row, eaves - 0.14 + 0.1 * row)
            for n in range(count)
        ]
        arc = np.linspace(0, pi, 9)
        vertices, faces = [], []
        for x, y, z in rods:
            first = len(vertices)
            for depth in (0.2, -0.09):
                vertices += [(x + 0.1 * cos(t), y + depth, z + 0.075 * sin(t)) for t in arc]
            faces += [(first + n, first + n + 1, first + n + 10, first + n + 9) for n in range(8)]
        mesh(vertices, faces, clay, smooth=True)


def tiled_slope(low: tuple[Point, Point], high: tuple[Point, Point]) -> None:
    """Canal tiles over a slope from its eaves (left, right) to its ridge (left, right)."""
    random = np.random.default_rng(3)
    left, right = np.array(low[0], float), np.array(low[1], float)
    rise = np.array(high[0], float) - left
    width, length = np.linalg.norm(right - left), np.linalg.norm(rise)
    across, up = (right - left) / width, rise / length
    normal = np.cross(across, up)
    columns, rows = int(width / 0.2), int(length / 0.34)
    arc = np.linspace(0, pi, 9)
    vertices: list[Grid] = []
    faces: list[tuple[int, ...]] = []
    for row in range(rows):
        for column in range(columns * 2):
            cover = column % 2 == 0
            centre = left + across * (width * (column + 0.5) / (columns * 2))
            foot = centre + up * (row * length / rows - (0.06 if cover else 0.02))
            foot = foot + random.normal(size=3) * 0.004
            first = len(vertices)
            for end, raised in ((0.0, 0.035), (length / rows + 0.07, 0.0)):
                radius = 0.105 if end == 0 else 0.088
                for angle in arc:
                    bow = np.sin(angle) if cover else 0.55 - np.sin(angle)
                    lift = raised + radius * 0.8 * bow + (0.035 if cover else 0.02)
                    vertices.append(
                        foot + up * end + across * radius * np.cos(angle) + normal * lift
                    )
            for n in range(8):
                faces.append((first + n, first + n + 1, first + n + 10, first + n + 9))
    clay = pieces("#a8593a", "#c98a5f", "#b9704a", "#d6a67c", "#9c5a40", "#c67f58", roughness=0.85)
    tiles = mesh(vertices, faces, clay, smooth=True)
    thick = tiles.modifiers.new("thick", "SOLIDIFY")
    thick.thickness = 0.014
