"""What stands in the rooms, as a floor plan shows it; the pictures show the same."""

import numpy as np

from plan_page import Page


def furnish(page: Page) -> None:
    """Every room's furniture and fittings."""
    _living_room(page)
    _kitchen(page)
    _bedrooms(page)
    _bathrooms(page)
    _terrace(page)


def _living_room(page: Page) -> None:
    page.outline((1.1, 1.7, 3.6, 5.0), 0.02, "#f1e9da")
    page.outline((0.13, 2.08, 1.11, 4.82), 0.12)
    page.outline((0.13, 2.08, 0.38, 4.82), 0.08)
    for y in (2.3, 3.08, 3.85):
        page.outline((0.40, y, 1.09, y + 0.76), 0.08)
    page.circle(2.3, 3.55, 0.52)
    page.circle(2.65, 2.85, 0.33)
    for x, y in ((4.25, 2.35), (4.3, 3.95)):
        page.outline((x - 0.36, y - 0.38, x + 0.4, y + 0.38), 0.1)
        page.outline((x + 0.2, y - 0.34, x + 0.4, y + 0.34), 0.06)
    page.outline((0.02, 5.15, 0.36, 7.25), 0.02)
    _table(page, 3.2, 6.9, 2.4, 1.0, 3)


def _table(page: Page, x: float, y: float, length: float, width: float, seats: int) -> None:
    for n in range(seats):
        seat = x - length / 2 + length * (n + 0.5) / seats
        for side in (-1, 1):
            middle = y + side * (width / 2 + 0.14)
            page.outline((seat - 0.22, middle - 0.22, seat + 0.22, middle + 0.22), 0.1)
    page.outline((x - length / 2, y - width / 2, x + length / 2, y + width / 2), 0.05)


def _kitchen(page: Page) -> None:
    page.outline((9.38, 0.31, 9.98, 3.98), 0.01)
    page.outline((8.55, 3.38, 9.38, 3.98), 0.01)
    page.outline((9.5, 0.65, 9.88, 1.25), 0.08)
    page.outline((9.55, 1.62, 9.92, 2.38), 0.02)
    for x, y in ((9.65, 1.8), (9.82, 1.8), (9.65, 2.2), (9.82, 2.2)):
        page.circle(x, y, 0.07)
    page.outline((7.26, 0.98, 8.36, 3.02), 0.02)
    for y in (1.4, 2.0, 2.6):
        page.circle(7.04, y, 0.19)


def _bedrooms(page: Page) -> None:
    _bed_from_the_east(page, 22.25, 2.65, 1.8)
    _bed_from_the_north(page, 12.25, 3.95, 1.6)
    _bed_from_the_north(page, 16.4, 3.95, 1.6)
    _bed_from_the_north(page, 12.7, 8.35, 1.4)
    for place in ((10.32, 1.2, 10.9, 3.4), (17.6, 0.5, 18.18, 3.2), (10.32, 6.5, 10.9, 8.3)):
        _wardrobe(page, place)
    page.outline((18.64, 0.62, 19.36, 1.38), 0.12)
    _wardrobe(page, (17.72, 6.7, 18.3, 8.38))
    _wardrobe(page, (19.5, 6.2, 20.08, 8.38))


def _bed_from_the_east(page: Page, head: float, middle: float, width: float) -> None:
    low, high = middle - width / 2, middle + width / 2
    page.outline((head - 2.05, low, head, high), 0.06)
    for y in (low + 0.08, middle + 0.05):
        page.outline((head - 0.55, y, head - 0.08, y + width / 2 - 0.13), 0.1)
    page.outline((head - 1.9, low - 0.02, head - 1.25, high + 0.02), 0.03, "#ecd9cb")
    for y in (low - 0.45, high + 0.45):
        page.circle(head - 0.25, y, 0.23)


def _bed_from_the_north(page: Page, middle: float, head: float, width: float) -> None:
    left, right = middle - width / 2, middle + width / 2
    page.outline((left, head - 2.0, right, head), 0.06)
    for x in (left + 0.08, middle + 0.05):
        page.outline((x, head - 0.52, x + width / 2 - 0.13, head - 0.08), 0.1)
    page.outline((left - 0.02, head - 1.85, right + 0.02, head - 1.3), 0.03, "#ecd9cb")


def _wardrobe(page: Page, place: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = place
    page.outline(place, 0.01)
    for y in np.arange(y0 + 0.12, y1 - 0.05, 0.14):
        page.line((x0 + 0.1, float(y)), (x1 - 0.1, float(y) + 0.04), "#c9c4b8", 2)


def _bathrooms(page: Page) -> None:
    page.outline((14.05, 7.6, 15.85, 8.35), 0.05)
    page.outline((14.15, 7.7, 15.75, 8.25), 0.22)
    _basin(page, 16.1, 6.1)
    _basin(page, 16.1, 6.8)
    _toilet(page, 17.05, 8.36)
    page.outline((20.22, 7.35, 21.3, 8.38), 0.02, "#dfeaea")
    page.line((20.22, 7.35), (21.3, 8.38), "#b9cccc", 2)
    page.line((20.22, 8.38), (21.3, 7.35), "#b9cccc", 2)
    _toilet(page, 21.85, 8.36)
    _basin(page, 22.0, 6.0)
    page.outline((6.15, 7.75, 6.75, 8.35), 0.04)
    page.circle(6.45, 8.05, 0.2)
    page.outline((6.8, 7.75, 7.4, 8.35), 0.04)


def _basin(page: Page, x: float, y: float) -> None:
    page.outline((x - 0.24, y - 0.32, x + 0.28, y + 0.32), 0.03)
    page.circle(x, y, 0.19)


def _toilet(page: Page, x: float, wall: float) -> None:
    page.outline((x - 0.2, wall - 0.18, x + 0.2, wall), 0.03)
    page.outline((x - 0.18, wall - 0.68, x + 0.18, wall - 0.19), 0.17)


def _terrace(page: Page) -> None:
    _table(page, 3.4, -2.2, 2.4, 1.0, 3)
    for y in (-6.9, -8.7):
        page.outline((-1.45, y - 0.33, 0.55, y + 0.33), 0.06)
        page.outline((-1.45, y - 0.33, -0.8, y + 0.33), 0.06)
    page.circle(-0.9, -7.8, 1.0, "#f6efdf")
