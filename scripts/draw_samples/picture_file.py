"""Writing a picture down, the same bytes each time."""

import struct
from pathlib import Path

from PIL import Image, ImageCms


def keep(picture: Image.Image, target: Path) -> None:
    """Write a picture as JPEG or PNG with an sRGB profile."""
    options: dict[str, object] = {"icc_profile": _srgb(), "optimize": True}
    if target.suffix == ".jpg":
        options |= {"quality": 88, "progressive": True}
    picture.save(target, **options)


def _srgb() -> bytes:
    """The sRGB profile; dated to a fixed day, as its date would differ with each run."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return bytes(profile)
