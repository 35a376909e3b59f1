"""The layouts of cards: text, key figures, and the closing card with its QR code."""

from app.film.formats import FrameFormat
from app.film.lettering.energy import energy_block
from app.film.lettering.layout import GOLD, Block, Sizes, column, fit, grid, row
from app.film.lettering.qr import qr_block
from app.film.titling import ClosingCard, FiguresCard, TextCard
from contracts.script import Figure

#: What a wide frame leaves to the left of an energy label or a QR code, as a share of the width.
_LEFT_SHARE = 0.56


def text_card(card: TextCard, frame: FrameFormat) -> Block:
    """Title, rule, and each line below the other."""
    width = frame.safe_area.width

    def build(sizes: Sizes) -> Block:
        lines = [
            each
            for line in card.lines
            for each in (sizes.text(line, 0.058, width), sizes.gap(0.016))
        ]
        return column(
            [
                sizes.text(card.title, 0.105, width, weight="Bold"),
                *((sizes.gap(0.03), sizes.rule(), sizes.gap(0.036)) if card.lines else ()),
                *lines,
            ]
        )

    return fit(frame, frame.safe_area.height, build)


def figures_card(card: FiguresCard, frame: FrameFormat) -> Block:
    """Price and figures; the energy label beside them in a wide frame, below in a tall one."""
    safe = frame.safe_area

    def build(sizes: Sizes) -> Block:
        beside = card.rating is not None and frame.is_wide
        width = round(safe.width * _LEFT_SHARE) if beside else safe.width
        facts = column([*_price(card, sizes, width), *_facts(card, sizes, width)])
        if card.rating is None:
            return facts
        gap = round(safe.width * 0.06)
        if not beside:
            return column([facts, sizes.gap(0.06), energy_block(card.rating, sizes, width)])
        label = energy_block(card.rating, sizes, safe.width - width - gap)
        return row([Block(width, facts.height, facts.draw), label], gap)

    return fit(frame, safe.height, build)


def _price(card: FiguresCard, sizes: Sizes, width: int) -> list[Block]:
    if card.price is None:
        return [
            sizes.text(card.heading, 0.09, width, weight="Bold"),
            *(sizes.gap(0.028), sizes.rule(), sizes.gap(0.036)),
        ]
    return [
        sizes.label(card.heading, width, colour=GOLD),
        sizes.gap(0.012),
        sizes.text(card.price.value, 0.125, width, weight="Bold"),
        *(sizes.gap(0.022), sizes.rule(), sizes.gap(0.036)),
    ]


def _facts(card: FiguresCard, sizes: Sizes, width: int) -> list[Block]:
    most = 2 if width < 1.1 * sizes.frame.short_side else 3
    rows = -(-len(card.figures) // most)
    columns = -(-len(card.figures) // max(rows, 1)) or 1
    cell_width = width // columns
    gap = round(sizes.unit * 0.034)
    cells = [_cell(figure, sizes, cell_width - gap) for figure in card.figures]
    blocks = [grid(cells, columns, cell_width, gap)] if cells else []
    if card.line:
        blocks += [sizes.gap(0.036), sizes.text(card.line, 0.05, width)]
    return blocks


def _cell(figure: Figure, sizes: Sizes, width: int) -> Block:
    return column(
        [
            sizes.text(figure.value, 0.066, width, weight="Bold"),
            sizes.text(figure.label, 0.0, width),
        ]
    )


def closing_card(card: ClosingCard, frame: FrameFormat) -> Block:
    """Who to turn to; the QR code beside it in a wide frame, below in a tall one."""
    safe = frame.safe_area

    def build(sizes: Sizes) -> Block:
        code = qr_block(card.url, round(sizes.unit * 0.36)) if card.url else None
        beside = code is not None and frame.is_wide
        width = round(safe.width * _LEFT_SHARE) if beside else safe.width
        words = column(
            [
                sizes.label(card.overline, width, colour=GOLD) if card.overline else None,
                sizes.gap(0.014),
                sizes.text(card.title, 0.105, width, weight="Bold"),
                *(sizes.gap(0.026), sizes.rule(), sizes.gap(0.032)),
                *_contacts(card, sizes, width),
            ]
        )
        if code is None:
            return words
        if not beside:
            return column([words, sizes.gap(0.05), code])
        return row([Block(width, words.height, words.draw), code], round(safe.width * 0.06))

    return fit(frame, safe.height, build)


def _contacts(card: ClosingCard, sizes: Sizes, width: int) -> list[Block]:
    """The first line is the call; the others stand back."""
    if not card.lines:
        return []
    first, *others = card.lines
    blocks = [sizes.text(first, 0.066, width, weight="SemiBold")]
    for line in others:
        blocks += [sizes.gap(0.014), sizes.text(line, 0.0, width)]
    return blocks
