"""The layouts of text over pictures: the opening title and the lower third."""

from PIL import ImageDraw

from app.film.fonts import drawable
from app.film.formats import FrameFormat
from app.film.lettering.energy import energy_block
from app.film.lettering.layout import GOLD, Block, Sizes, column, fit
from app.film.titling import HookTitle, LowerThird


def hook_title(opening: HookTitle, frame: FrameFormat) -> Block:
    """What is offered, the name, a rule, the place."""
    title = _headed(opening)
    width = frame.safe_area.width

    def build(sizes: Sizes) -> Block:
        place = [sizes.gap(0.02), sizes.rule(), sizes.gap(0.022)]
        place += [sizes.text(title.place, 0.058, width)] if title.place else []
        return column(
            [
                *((sizes.label(title.offer, width), sizes.gap(0.012)) if title.offer else ()),
                sizes.text(title.name, 0.12, width, weight="Bold"),
                *(place if title.place else ()),
            ]
        )

    return fit(frame, round(frame.safe_area.height * 0.6), build)


def _headed(title: HookTitle) -> HookTitle:
    """Headed by what is offered, or by the place, where nothing of the name can be drawn."""
    if _is_legible(title.name):
        return title
    if _is_legible(title.offer):
        return title.model_copy(update={"offer": "", "name": title.offer})
    return title.model_copy(update={"name": title.place, "place": ""})


def _is_legible(text: str) -> bool:
    return any(map(str.isalnum, drawable(text)))


def lower_third(title: LowerThird, frame: FrameFormat) -> Block:
    """A label over a fact, behind an upright accent; or the letters of an energy rating."""

    def build(sizes: Sizes) -> Block:
        margin = round(sizes.unit * 0.026)
        width = frame.safe_area.width - margin
        if title.rating is not None:
            words = energy_block(title.rating, sizes, width)
        else:
            share = 0.075 if frame.is_tall else 0.062
            words = column(
                [
                    *((sizes.label(title.label, width), sizes.gap(0.006)) if title.label else ()),
                    sizes.text(title.text, share, width, weight="Bold"),
                ]
            )
        return _behind_accent(words, margin, max(2, sizes.unit // 150))

    return fit(frame, frame.safe_area.height // 2, build)


def _behind_accent(words: Block, margin: int, thickness: int) -> Block:
    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        inset = words.height // 14
        bar = (left, top + inset, left + thickness - 1, top + words.height - inset)
        canvas.rectangle(bar, fill=(*GOLD, 255))
        words.draw(canvas, left + margin, top)

    return Block(words.width + margin, words.height, draw)
