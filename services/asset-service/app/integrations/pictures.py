"""Looking into pictures: what they are, how large they are shown, whether they are whole."""

from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from app.core.media import Media
from app.integrations.refusal import Refused, broken
from common.pictures import open_picture
from contracts.pictures import PICTURE_TYPES

Image.init()  # every format now, once, rather than in each fork

#: EXIF orientations that lay a picture on its side.
_SIDEWAYS = frozenset({5, 6, 7, 8})


def look_into_picture(file: Path, hint: str, *, max_megapixels: int) -> Media:
    """What a picture is; `hint` is the type that its first bytes suggest.

    One of too many pixels is refused by its header, before a single one is decoded; any other is
    read to its end, which is how a truncated one shows. Raises Refused.
    """
    try:
        with open_picture(file) as picture:
            if picture.width * picture.height > max_megapixels * 1_000_000:
                raise Refused(
                    f"the picture has {picture.width} × {picture.height} pixels;"
                    f" at most {max_megapixels} megapixels are taken",
                    "image_too_large",
                )
            size = picture.size
            # An MPO is a JPEG with more pictures behind it.
            media_type = PICTURE_TYPES.get(picture.format or "", PICTURE_TYPES["JPEG"])
            picture.draft(None, (1, 1))  # of a JPEG: all its data, an eighth of the pixels
            picture.load()
            sideways = picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    except UnidentifiedImageError:
        if hint in PICTURE_TYPES.values():
            raise broken("the picture ends before it begins") from None
        return Media(hint)
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as error:
        raise broken(f"the picture cannot be decoded: {error}") from error
    except MemoryError:
        raise broken("the picture takes too much memory to decode") from None
    return Media(media_type, *(size[::-1] if sideways else size))
