"""From what is written on a scene to the overlay that is laid over its frames."""

from collections.abc import Callable
from typing import assert_never

from PIL import Image, ImageDraw

from app.film.formats import FrameFormat, SafeArea
from app.film.lettering.cards import closing_card, figures_card, text_card
from app.film.lettering.layout import Block
from app.film.lettering.scrims import darkness, shade
from app.film.lettering.titles import hook_title, lower_third
from app.film.overlays import Overlay
from app.film.titling import ClosingCard, FiguresCard, HookTitle, LowerThird, TextCard, Titling


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


def over_picture(
    titling: Titling, frame: FrameFormat, lightest: Callable[[SafeArea], int]
) -> Overlay | None:
    """Words at the foot of the safe area over a shade; None without any.

    `lightest` tells the lightest grey level of the picture that passes under a box of the frame.
    """
    block = block_of(titling, frame)
    if not block.height:
        return None
    safe = frame.safe_area
    box = SafeArea(
        left=safe.left,
        top=safe.bottom - block.height,
        right=safe.left + block.width,
        bottom=safe.bottom,
    )
    reach = max(frame.height // 7, block.height // 2)
    top = max(0, box.top - reach) // 2 * 2
    drawing = Image.fromarray(shade(frame, top, box, darkness(lightest(box))))
    block.draw(ImageDraw.Draw(drawing), box.left, box.top - top)
    return Overlay.of(drawing, 0, top)


def on_card(titling: Titling, frame: FrameFormat) -> Overlay | None:
    """Words in the middle of the safe area's height, flush left; None without any."""
    block = block_of(titling, frame)
    if not block.height:
        return None
    safe = frame.safe_area
    left, top = safe.left // 2 * 2, (safe.top + (safe.height - block.height) // 2) // 2 * 2
    size = ((safe.right - left + 1) // 2 * 2, (block.height + 3) // 2 * 2)
    drawing = Image.new("RGBA", size, (255, 255, 255, 0))
    block.draw(ImageDraw.Draw(drawing), safe.left - left, 0)
    return Overlay.of(drawing, left, top)
