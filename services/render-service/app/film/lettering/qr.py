"""QR codes: dark modules on a white tile, large enough to be scanned from a screen."""

import segno
from PIL import ImageDraw

from app.film.lettering.layout import Block

_QUIET_ZONE = 4

#: Fewer pixels per module blur into each other in an encoded film.
_SMALLEST_MODULE_PX = 3


def qr_block(url: str, side: int) -> Block | None:
    """A QR code of at most `side` pixels; None for an address too long to be scanned at that."""
    try:
        modules = segno.make_qr(url, error="m").matrix
    except segno.DataOverflowError:
        return None
    count = len(modules) + 2 * _QUIET_ZONE
    module = side // count
    if module < _SMALLEST_MODULE_PX:
        return None
    tile = module * count

    def draw(canvas: ImageDraw.ImageDraw, left: int, top: int) -> None:
        box = (left, top, left + tile - 1, top + tile - 1)
        canvas.rounded_rectangle(box, radius=2 * module, fill=(255, 255, 255, 255))
        for line, row in enumerate(modules, _QUIET_ZONE):
            for column, dark in enumerate(row, _QUIET_ZONE):
                if dark:
                    x, y = left + column * module, top + line * module
                    canvas.rectangle((x, y, x + module - 1, y + module - 1), fill=(16, 16, 16, 255))

    return Block(tile, tile, draw)
