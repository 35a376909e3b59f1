"""Captions drawn into the picture: white on a dark plate, large enough for a phone."""

from PIL import Image, ImageDraw

from app.film.formats import FrameFormat
from app.film.overlays import Overlay
from app.film.typography import fit_text

#: White text on white under this plate still has a contrast over 4.5:1.
_PLATE = (0, 0, 0, 166)


def caption_overlay(text: str, frame: FrameFormat) -> Overlay | None:
    """A caption in the middle of its area, on a plate of its own size; None without text."""
    area, unit = frame.caption_area, frame.short_side
    margin = unit // 50
    block = fit_text(
        text,
        weight="SemiBold",
        width=area.width - 4 * margin,
        height=area.height - margin,
        largest=unit // 19,
        smallest=-(-unit // 28),
    )
    if not block.height:
        return None
    left = (frame.width - block.width) // 2 - 2 * margin
    top = area.bottom - block.height - margin
    left, top = left // 2 * 2, top // 2 * 2
    width = (block.width + 4 * margin + 1) // 2 * 2
    height = (block.height + margin + 1) // 2 * 2
    drawing = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(drawing)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), radius=margin, fill=_PLATE)
    block.draw_centred(draw, 2 * margin, margin // 2)
    return Overlay.of(drawing, left, top)
