"""Opening untrusted pictures (extra `pictures`): the formats that the platform takes, no others."""

from pathlib import Path

import pi_heif  # type: ignore[import-untyped]
from PIL import Image

from contracts.pictures import PICTURE_TYPES

_FORMATS = tuple(PICTURE_TYPES)

Image.MAX_IMAGE_PIXELS = None  # how many may be decoded is the caller's to say, from the header
pi_heif.register_heif_opener(
    decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
)


def open_picture(file: Path) -> Image.Image:
    """A picture of which nothing but the header is read yet; of a HEIC, which is upright by itself,
    the whole file.

    Raises PIL.UnidentifiedImageError for anything else, OSError and others for a broken one.
    """
    return Image.open(file, formats=_FORMATS)
