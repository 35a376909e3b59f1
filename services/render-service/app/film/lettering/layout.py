"""Blocks that know their size and how to draw themselves, set in columns, rows and grids."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PIL import ImageDraw

from app.film.fonts import Weight
from app.film.formats import FrameFormat
from app.film.typography import WHITE, Colour, as_label, fit_text

#: The accent of every design. On the darkened grounds of cards its contrast is over 4.5:1.
GOLD: Colour = (222, 188, 124)

#: Sizes that a layout is tried in until it fits, largest first.
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.5, 0.42, 0.35, 0.28)


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a size in pixels that is drawn from its top left corner."""

    width: int
    height: int
    draw: Callable[[ImageDraw.ImageDraw, int, int], None]


def _nothing(_canvas: ImageDraw.ImageDraw, _left: int, _top: int) -> None:
    """For blocks that only take space."""


def space(height: int) -> Block:
    """Empty height in a column."""
    return Block(0, height, _nothing)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes of a frame, in shares of its short side; `scale` shrinks a layout as a whole."""

    frame: FrameFormat
    scale: float = 1.0

    @property
    def unit(self) -> int:
        """The short side of the frame, scaled."""
        return round(self.frame.short_side * self.scale)

    @property
    def legible(self) -> int:
        """The smallest type that is read at ease on a phone, in pixels."""
        return -(-self.unit // 24)

    def text(
        self,
        text: str,
        share: float,
        width: int,
        *,
        weight: Weight = "Medium",
        colour: Colour = WHITE,
    ) -> Block:
        """Text at a share of the short side, smaller where a word of it is wider than the box."""
        largest = max(round(self.unit * share), self.legible)
        block = fit_text(
            text,
            weight=weight,
            width=max(width, 1),
            height=6 * largest,
            largest=largest,
            smallest=self.legible,
        )
        return Block(
            block.width,
            block.height,
            lambda canvas, left, top: block.draw(canvas, left, top, colour=colour),
        )

    def label(self, text: str, width: int, *, colour: Colour = WHITE) -> Block:
        """A short text in spaced capitals, at the smallest size."""
        return self.text(as_label(text), 0.0, width, weight="SemiBold", colour=colour)

    def rule(self) -> Block:
        """A short accent line."""
        width, height = self.unit // 9, max(2, self.unit // 200)

        def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
            canvas.rectangle((left, top, left + width, top + height - 1), fill=(*GOLD, 255))

        return Block(width, height, draw)

    def gap(self, share: float) -> Block:
        """Empty height, as a share of the short side."""
        return space(round(self.unit * share))


def fit(frame: FrameFormat, height: int, build: Callable[[Sizes], Block]) -> Block:
    """A layout at the largest scale at which it is no higher than `height` pixels."""
    for scale in _SCALES:
        block = build(Sizes(frame, scale))
        if block.height <= height:
            break
    return block


def column(blocks: Iterable[Block | None]) -> Block:
    """Blocks below one another, flush left; absent and empty ones take no space."""
    stacked = [block for block in blocks if block is not None and block.height]

    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        for block in stacked:
            block.draw(canvas, left, top)
            top += block.height

    width = max((block.width for block in stacked), default=0)
    return Block(width, sum(block.height for block in stacked), draw)


def row(blocks: Sequence[Block], gap: int) -> Block:
    """Blocks beside one another, centred on one line, `gap` pixels apart."""
    height = max((block.height for block in blocks), default=0)

    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        for block in blocks:
            block.draw(canvas, left, top + (height - block.height) // 2)
            left += block.width + gap

    width = sum(block.width for block in blocks) + gap * max(len(blocks) - 1, 0)
    return Block(width, height, draw)


def grid(cells: Sequence[Block], columns: int, cell_width: int, gap: int) -> Block:
    """Cells in rows of `columns`, each column as wide as the others."""
    wide = [Block(cell_width, cell.height, cell.draw) for cell in cells]
    rows = [row_of_tops(wide[at : at + columns]) for at in range(0, len(wide), columns)]
    spaced = [block for pair in zip_longest(rows, [space(gap)] * (len(rows) - 1)) for block in pair]
    return column(spaced)


def row_of_tops(blocks: Sequence[Block]) -> Block:
    """Blocks side by side, their tops in line."""

    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        for block in blocks:
            block.draw(canvas, left, top)
            left += block.width

    return Block(sum(block.width for block in blocks), max(block.height for block in blocks), draw)
