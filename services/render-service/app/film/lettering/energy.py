"""The French energy label: the scale from A to G in its legal colours, the class enlarged.

Colours: arrêté du 31 mars 2021 (diagnostic de performance énergétique), annex 6.
"""

from types import MappingProxyType

from PIL import ImageDraw

from app.film.fonts import font
from app.film.lettering.layout import Block, Sizes, column
from app.film.titling import EnergyRating
from app.film.typography import WHITE, Colour

_BLACK: Colour = (0, 0, 0)
_LETTERS = "ABCDEFG"

ENERGY_COLOURS = MappingProxyType(
    dict(
        zip(
            _LETTERS,
            (
                (0, 156, 109), (82, 177, 83), (120, 189, 118), (244, 231, 15),
                (240, 181, 15), (235, 130, 53), (215, 34, 31),
            ),
            strict=True,
        )
    )
)  # fmt: skip
CLIMATE_COLOURS = MappingProxyType(
    dict(
        zip(
            _LETTERS,
            (
                (164, 219, 248), (140, 180, 211), (119, 146, 177), (96, 111, 143),
                (77, 82, 113), (57, 53, 81), (40, 27, 53),
            ),
            strict=True,
        )
    )
)  # fmt: skip


def energy_block(rating: EnergyRating, sizes: Sizes, width: int) -> Block:
    """Both scales, one below the other, and the words that the law asks for."""
    classes = (rating.energy, rating.climate)
    palettes = (ENERGY_COLOURS, CLIMATE_COLOURS)
    scales: list[Block | None] = []
    for name, letter, colours in zip(rating.scales, classes, palettes, strict=True):
        if letter is not None:
            scales += [sizes.gap(0.03)] if scales else []
            scales += [sizes.label(name, width), sizes.gap(0.008), _scale(letter, colours, sizes)]
    if rating.notice:
        scales += [sizes.gap(0.025), sizes.text(rating.notice, 0.0, width, weight="SemiBold")]
    return column(scales)


def _scale(letter: str, colours: MappingProxyType[str, Colour], sizes: Sizes) -> Block:
    """Seven tiles with their letters, that of the class half as large again and ringed."""
    small, gap = round(sizes.legible * 1.36), max(2, sizes.unit // 270)
    large = round(small * 1.5)

    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        for each in _LETTERS:
            side = large if each == letter else small
            above = top + (large - side) // 2
            _tile(canvas, (left, above), side, each, colours[each], ringed=each == letter)
            left += side + gap

    return Block(6 * (small + gap) + large, large, draw)


def _tile(
    canvas: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    side: int,
    letter: str,
    colour: Colour,
    *,
    ringed: bool,
) -> None:
    left, top = corner
    ring = max(2, side // 16) if ringed else 0
    box = (left, top, left + side - 1, top + side - 1)
    canvas.rounded_rectangle(
        box, radius=side // 6, fill=(*colour, 255), outline=(*WHITE, 255), width=ring
    )
    face = font("Manrope", "Bold", round(side * 0.7))
    ink = ink_on(colour)
    centre = (left + side / 2, top + side / 2)
    canvas.text(centre, letter, font=face, fill=(*ink, 255), anchor="mm")


def ink_on(colour: Colour) -> Colour:
    """Black or white, whichever stands out more (WCAG 2.2, 1.4.3)."""
    return _BLACK if luminance(colour) > 0.179 else WHITE


def luminance(colour: Colour) -> float:
    """Relative luminance, 0–1 (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
