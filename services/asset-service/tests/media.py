"""Files that tests upload: made, not shipped."""

import io
import struct
import subprocess
import wave
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import imageio_ffmpeg  # type: ignore[import-untyped]
from PIL import Image


def picture(width: int = 64, height: int = 48, file_format: str = "JPEG", **options: Any) -> bytes:
    """A picture file: noise, so that no format can make it small."""
    content = io.BytesIO()
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    noise.save(content, file_format, **options)
    return content.getvalue()


def sideways_picture(width: int, height: int) -> bytes:
    """A JPEG stored as given, that its EXIF orientation lays on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(width, height, exif=exif)


def plain_picture(width: int, height: int) -> bytes:
    """A picture of many pixels in few bytes."""
    content = io.BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return content.getvalue()


def animation(file_format: str) -> bytes:
    """Two frames of 32 × 24."""
    red, blue = (Image.new("RGB", (32, 24), color) for color in ("red", "blue"))
    content = io.BytesIO()
    red.save(content, file_format, save_all=True, append_images=[blue])
    return content.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that claims 3,600 megapixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class Recordings:
    """Two seconds of picture and sound in several wrappings."""

    video: bytes
    upright_video: bytes
    web_video: bytes
    sound: bytes

    @classmethod
    def made_in(cls, folder: Path) -> Self:
        video, upright, web = (folder / name for name in ("v.mp4", "upright.mp4", "v.webm"))
        picture_source = ("-f", "lavfi", "-i", "testsrc=d=2:s=160x120:r=10")
        _ffmpeg(
            *(*picture_source, "-f", "lavfi", "-i", "sine=d=2"),
            *("-movflags", "+faststart", str(video)),
        )
        _ffmpeg("-display_rotation", "90", "-i", str(video), "-c", "copy", str(upright))
        _ffmpeg(*picture_source, str(web))
        sound = io.BytesIO()
        with wave.open(sound, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(2)
            writer.setframerate(8000)
            writer.writeframes(bytes(2 * 8000 * 2))
        return cls(video.read_bytes(), upright.read_bytes(), web.read_bytes(), sound.getvalue())


def _ffmpeg(*arguments: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *arguments], check=True)
