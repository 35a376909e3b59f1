"""`python -m app.integrations.inspector FILE MEGAPIXELS`: what a file is, as one line of JSON.

Runs as a child of the service, with limits on itself. It goes by the bytes alone, decodes pictures
whole (that is how a truncated one shows) and refuses those of too many pixels by their header,
before a single one is decoded.
"""

import codecs
import json
import sys
from dataclasses import asdict
from pathlib import Path

import filetype  # type: ignore[import-untyped]
from PIL import ExifTags, Image, UnidentifiedImageError
from pymediainfo import MediaInfo, Track

from app.core.media import DOCUMENTS, PICTURES, Media, container_type
from common.confinement import allow_cpu, confine

_CPU_S = 30

#: A picture of 100 megapixels takes up to 0.4 GB decoded, next to the file itself.
_MEMORY_BYTES = 3 << 30
_TEXT_SAMPLE_BYTES = 64 * 1024
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")

#: EXIF orientations that lay a picture on its side.
_SIDEWAYS = frozenset({5, 6, 7, 8})


class Refused(Exception):  # noqa: N818 - says what happened
    """The content cannot be taken: `code` is one of the service's, None for an unknown type."""

    def __init__(self, detail: str, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code


def main() -> None:
    """Prints a Media, or why there is none, as `{"code": …, "detail": …}`."""
    confine(memory_bytes=_MEMORY_BYTES)
    allow_cpu(_CPU_S)
    try:
        answer = asdict(look_into(Path(sys.argv[1]), max_megapixels=int(sys.argv[2])))
    except Refused as refusal:
        answer = {"code": refusal.code, "detail": refusal.detail}
    sys.stdout.write(json.dumps(answer))


def look_into(file: Path, *, max_megapixels: int) -> Media:
    """What the file is. Raises Refused."""
    hint: str = filetype.guess_mime(file) or ""
    if hint in DOCUMENTS:
        return Media(hint)
    if _is_text(file):
        return Media("text/plain")
    if hint.startswith("image/"):
        return _picture(file, hint, max_megapixels)
    return _recording(file, hint)


def _is_text(file: Path) -> bool:
    with file.open("rb") as content:
        sample = content.read(_TEXT_SAMPLE_BYTES)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return not _BINARY & set(sample)


def _picture(file: Path, hint: str, max_megapixels: int) -> Media:
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and applied before decoding
    try:
        with Image.open(file, formats=tuple(PICTURES)) as picture:
            if picture.width * picture.height > max_megapixels * 1_000_000:
                raise Refused(
                    f"the picture has {picture.width} × {picture.height} pixels;"
                    f" at most {max_megapixels} megapixels are taken",
                    "image_too_large",
                )
            sideways = picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
            size = picture.size[::-1] if sideways else picture.size
            media_type = PICTURES[picture.format or ""]
            _decode(picture)
    except UnidentifiedImageError:
        if hint in PICTURES.values():
            raise _broken("the picture ends before it begins") from None
        raise Refused(f"is {hint}, which cannot be read here") from None
    except (OSError, ValueError, SyntaxError, ArithmeticError, EOFError) as error:
        raise _broken(f"the picture cannot be decoded ({error})") from error
    except MemoryError:
        raise _broken("the picture needs too much memory to decode") from None
    return Media(media_type, *size)


def _decode(picture: Image.Image) -> None:
    """Reads the picture to its end, in the cheapest way in which its format shows damage."""
    if picture.format == "PNG":
        picture.verify()  # every chunk's checksum; decoding would find no more
        return
    picture.draft(None, (1, 1))  # JPEG: all of the data, an eighth of the pixels
    picture.load()


def _recording(file: Path, hint: str) -> Media:
    tracks = MediaInfo.parse(file).tracks
    general = next(track for track in tracks if track.track_type == "General")
    pictures = next((track for track in tracks if track.track_type == "Video"), None)
    sound = next((track for track in tracks if track.track_type == "Audio"), None)
    media_type = container_type(
        general.format or "", general.format_profile or "", has_pictures=pictures is not None
    )
    if general.istruncated:
        raise _broken("the recording ends before it should")
    if media_type is None:
        raise Refused(
            f"is {hint}, which is not taken here" if hint else "is of no type that is taken here"
        )
    if pictures is None and sound is None:
        raise _broken("the recording has neither pictures nor sound")
    duration_s = _duration_s(tracks)
    if duration_s == 0:
        raise _broken("the recording is empty")
    return Media(media_type, *_frame(pictures), duration_s)


def _duration_s(tracks: list[Track]) -> float | None:
    """The longest of the tracks; None for what is streamed and does not say."""
    durations_ms = [float(track.duration) for track in tracks if track.duration is not None]
    return round(max(durations_ms) / 1000, 3) if durations_ms else None


def _frame(pictures: Track | None) -> tuple[int | None, int | None]:
    """Width and height of a video as it is displayed."""
    if pictures is None:
        return None, None
    size = pictures.width, pictures.height
    sideways = round(float(pictures.rotation or 0)) % 180 == 90
    return size[::-1] if sideways else size


def _broken(detail: str) -> Refused:
    return Refused(detail, "content_unreadable")


if __name__ == "__main__":
    main()
