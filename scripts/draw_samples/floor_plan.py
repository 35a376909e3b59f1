"""The floor plan, as an architect would draw it, from the measures in layout.py."""

from math import atan2, cos, degrees, pi, sin
from pathlib import Path

import numpy as np
from PIL import Image

import layout
from layout import WALL, Opening
from picture_file import keep
from plan_page import INK, LINE, SIZE, Page
from plan_symbols import furnish

PAPER = "#fbf8f1"
GARDEN, TREE, STONE, WATER = "#e3e8d2", "#a8bb87", "#efe6d4", "#8ecbd2"
WET = "#e9f0ef"
TREES = (
    (18.4, -6.6, 2.2), (24.0, -8.2, 2.4), (-5.0, -4.6, 2.1), (-3.3, 3.0, 0.9), (-4.1, 6.5, 1.1),
    (-3.6, 10.0, 0.9), (25.0, 3.5, 1.0),
)  # fmt: skip
TWO_LINES = {"Salle de bains": "Salle\nde bains", "Salle d’eau": "Salle\nd’eau"}


def draw_plan() -> Image.Image:
    """The plan with garden, terrace and pool, furniture and the names of the rooms."""
    page = Page(GARDEN)
    _garden(page)
    _outside(page)
    house = (-WALL, -WALL, layout.WIDTH + WALL, layout.DEPTH + WALL)
    page.shade([house], 0.32, 120)
    page.fill(house, INK)
    for room in layout.ROOMS:
        wet = room.name in ("Salle de bains", "Salle d’eau", "WC", "Cellier")
        for part in room.parts:
            page.fill(part, WET if wet else PAPER)
    for opening in layout.SOUTH + layout.NORTH + layout.WEST + layout.EAST + layout.INSIDE:
        _opening(page, opening)
    furnish(page)
    for room in layout.ROOMS:
        x, y = room.label
        page.text(
            x, y, TWO_LINES.get(room.name, room.name), 22 if room.area < 8 else 26, "SemiBold"
        )
    _title(page)
    return page.image.resize(SIZE, Image.Resampling.LANCZOS)


def _garden(page: Page) -> None:
    random = np.random.default_rng(3)
    for _ in range(2600):
        x, y = random.uniform(-8, 30), random.uniform(-14, 11.5)
        page.line((x, y), (x + 0.03, y + 0.10), "#d3dabd", 2)
    for x, y, radius in TREES:
        page.shade(
            [(x - radius * 0.7, y - radius * 0.7, x + radius * 0.7, y + radius * 0.7)], 0.3, 60
        )
        edge = np.linspace(0, 2 * pi, 120)
        wave = radius * (0.94 + 0.06 * np.sin(edge * 13) + 0.03 * np.sin(edge * 29))
        page.polygon(
            [(x + w * cos(a), y + w * sin(a)) for a, w in zip(edge, wave, strict=True)], TREE
        )
        for angle in np.linspace(0, 2 * pi, 15)[:-1]:
            page.line(
                (x, y),
                (x + radius * 0.72 * cos(angle), y + radius * 0.72 * sin(angle)),
                "#8fa46d",
                2,
            )
    for x in np.arange(14.9, 18.8, 0.55):
        for y in (-12.4, -11.8):
            page.circle(float(x), y, 0.26, "#c3b6dc")
    for y in np.arange(-11, -1.2, 0.6):
        page.circle(14.75, float(y), 0.26, "#c3b6dc")


def _outside(page: Page) -> None:
    x0, y0, x1, y1 = layout.TERRACE
    page.shade([layout.TERRACE], 0.08, 60)
    page.fill(layout.TERRACE, STONE)
    for row, y in enumerate(np.arange(y0 + 0.6, y1, 0.6)):
        page.line((x0, float(y)), (x1, float(y)), "#e2d6bf", 1)
        for x in np.arange(x0 + 0.45 * (row % 2), x1, 0.9):
            page.line((float(x), float(y) - 0.6), (float(x), float(y)), "#e2d6bf", 1)
    px0, py0, px1, py1 = layout.POOL
    page.outline((px0 - 0.3, py0 - 0.3, px1 + 0.3, py1 + 0.3), 0.06, "#f8f3e8")
    page.outline(layout.POOL, 0.02, WATER)
    for n in range(4):
        step = (px1 - 0.35 * (4 - n), py0 + 0.2, px1, py0 + 1.9)
        page.outline(step, 0.02, "#a5d7db")
    random = np.random.default_rng(5)
    for _ in range(46):
        x, y = random.uniform(px0 + 0.4, px1 - 2.4), random.uniform(py0 + 0.4, py1 - 0.3)
        page.line((x, y), (x + random.uniform(0.2, 0.6), y), "#b9e1e4", 2)
    gx0, gy0, gx1, gy1 = layout.PERGOLA
    for x in np.arange(gx0 + 0.1, gx1, 0.56):
        page.line((float(x), gy0 - 0.45), (float(x), gy1), "#cdb591", 3)
    page.line((gx0 - 0.25, gy0 + 0.1), (gx1 + 0.25, gy0 + 0.1), "#b89a6d", 6)
    for x in np.linspace(gx0 + 0.15, gx1 - 0.15, 4):
        page.fill((float(x) - 0.1, gy0, float(x) + 0.1, gy0 + 0.2), "#8a6d44")
    page.text(7.6, -4.95, "Terrasse", 26, "SemiBold")
    page.text(5.2, -7.8, "Piscine", 28, "SemiBold", "#1d5a66")
    page.text(21.0, -10.8, "Jardin", 28, "SemiBold", "#5b6b40")


def _opening(page: Page, opening: Opening) -> None:
    x0, y0, x1, y1 = opening.place
    page.fill(opening.place, PAPER)
    if opening.kind in ("bay", "window"):
        if x1 - x0 > y1 - y0:
            for y in (y0, y0 + 0.12, y1 - 0.12, y1):
                page.line((x0, y), (x1, y), INK if y in (y0, y1) else LINE, 2)
        else:
            for x in (x0, x0 + 0.12, x1 - 0.12, x1):
                page.line((x, y0), (x, y1), INK if x in (x0, x1) else LINE, 2)
        return
    if opening.kind == "passage":
        return
    width = max(x1 - x0, y1 - y0)
    hx, hy = opening.hinge
    dx, dy = opening.swing
    tip = (hx + dx * width, hy + dy * width)
    other_x = x0 + x1 - hx if x1 - x0 > y1 - y0 else hx
    other_y = y0 + y1 - hy if y1 - y0 > x1 - x0 else hy
    angles = sorted(degrees(atan2(-(y - hy), x - hx)) % 360 for x, y in (tip, (other_x, other_y)))
    if angles[1] - angles[0] > 180:
        angles.reverse()
    page.arc((hx, hy), width, *angles)
    page.line((hx, hy), tip, INK, 4)


def _title(page: Page) -> None:
    page.text(26.3, 10.2, "N", 28, "Bold")
    page.polygon([(26.3, 9.8), (26.05, 9.0), (26.3, 9.18)], INK)
    page.polygon([(26.3, 9.8), (26.55, 9.0), (26.3, 9.18)], LINE)


def save(target: Path) -> None:
    """Draw the plan into a PNG file of few colours."""
    keep(draw_plan().quantize(255, dither=Image.Dither.NONE), target)
