"""Any picture mode, with or without an ICC profile, to 8-bit sRGB without alpha."""

import io

import numpy as np
from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_HIGH_DEPTH = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
_PROFILED = frozenset({"RGB", "L", "CMYK", "LAB"})


def to_srgb(picture: Image.Image, paper: tuple[int, int, int]) -> Image.Image:
    """RGB in sRGB; transparent parts show `paper`."""
    profile = picture.info.get("icc_profile")
    flat = _flattened(_eight_bits(picture), paper)
    if isinstance(profile, bytes) and flat.mode in _PROFILED:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(flat, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return flat.convert("RGB")  # a damaged profile, or one for another mode: as untagged
        return converted if converted is not None else flat.convert("RGB")
    return flat.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit, 32-bit and floating grey levels scaled to 0–255."""
    if picture.mode not in _HIGH_DEPTH:
        return picture
    levels = np.nan_to_num(np.asarray(picture, dtype=np.float64))
    top = 65535.0 if picture.mode != "F" else max(1.0, float(levels.max()))
    return Image.fromarray((levels * (255 / top)).clip(0, 255).astype(np.uint8))


def _flattened(picture: Image.Image, paper: tuple[int, int, int]) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB") if picture.mode in {"P", "1"} else picture
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, (*paper, 255))
    return Image.alpha_composite(ground, layered).convert("RGB")
