"""From what is written on a scene to the overlay that is laid over its frames."""

from typing import assert_never

from PIL import Image, ImageDraw

from app.film.formats import FrameFormat, SafeArea
from app.film.lettering.cards import closing_card, figures_card, text_card
from app.film.lettering.layout import Block
from app.film.lettering.scrims import Ground, darkness, shade, shade_from_above
from app.film.lettering.titles import hook_title, lower_third
from app.film.overlays import Overlay
from app.film.titling import ClosingCard, FiguresCard, HookTitle, LowerThird, TextCard, Titling

#: A title at the foot is what viewers expect; at the head it has to hide clearly less.
_HEAD_COSTS = 1.4


def block_of(titling: Titling, frame: FrameFormat) -> Block:
    """The layout of a scene's words."""
    match titling:
        case HookTitle():
            return hook_title(titling, frame)
        case LowerThird():
            return lower_third(titling, frame)
        case TextCard():
            return text_card(titling, frame)
        case FiguresCard():
            return figures_card(titling, frame)
        case ClosingCard():
            return closing_card(titling, frame)
        case _:
            assert_never(titling)


def over_picture(titling: Titling, frame: FrameFormat, ground: Ground) -> Overlay | None:
    """Words at the foot of the safe area over a shade; None without any.

    The name of the house goes to the head of it where that hides less of the picture.
    """
    block = block_of(titling, frame)
    if not block.height:
        return None
    low, high = _boxes(block, frame)
    if isinstance(titling, HookTitle) and ground.detail(high) * _HEAD_COSTS < ground.detail(low):
        return _at_head(block, frame, high, darkness(ground.lightest(high)))
    return _at_foot(block, frame, low, darkness(ground.lightest(low)))


def _boxes(block: Block, frame: FrameFormat) -> tuple[SafeArea, SafeArea]:
    """Where a block lies at the foot of the safe area, and at its head."""
    safe = frame.safe_area
    right = safe.left + block.width
    return (
        SafeArea(left=safe.left, top=safe.bottom - block.height, right=right, bottom=safe.bottom),
        SafeArea(left=safe.left, top=safe.top, right=right, bottom=safe.top + block.height),
    )


def _at_foot(block: Block, frame: FrameFormat, box: SafeArea, strength: float) -> Overlay:
    top = max(0, box.top - _reach(block, frame)) // 2 * 2
    drawing = Image.fromarray(shade(frame, top, box, strength))
    block.draw(ImageDraw.Draw(drawing), box.left, box.top - top)
    return Overlay.of(drawing, 0, top)


def _at_head(block: Block, frame: FrameFormat, box: SafeArea, strength: float) -> Overlay:
    bottom = min(frame.height, box.bottom + _reach(block, frame)) // 2 * 2
    drawing = Image.fromarray(shade_from_above(frame, bottom, box, strength))
    block.draw(ImageDraw.Draw(drawing), box.left, box.top)
    return Overlay.of(drawing, 0, 0)


def _reach(block: Block, frame: FrameFormat) -> int:
    """How far a shade reaches beyond its text, in pixels."""
    return max(frame.height // 7, block.height // 2)


def on_card(titling: Titling, frame: FrameFormat) -> Overlay | None:
    """Words in the middle of the safe area's height, flush left; None without any."""
    block = block_of(titling, frame)
    if not block.height:
        return None
    safe = frame.safe_area
    left, top = safe.left // 2 * 2, max(0, safe.top + (safe.height - block.height) // 2) // 2 * 2
    size = (
        (safe.right - left + 1) // 2 * 2,
        min((block.height + 3) // 2 * 2, frame.height - top),
    )
    drawing = Image.new("RGBA", size, (255, 255, 255, 0))
    block.draw(ImageDraw.Draw(drawing), safe.left - left, 0)
    return Overlay.of(drawing, left, top)
