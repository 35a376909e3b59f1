"""Which type of asset may hold which content."""

from types import MappingProxyType

from app.core.media import DOCUMENTS, EXTENSIONS
from common.errors import UnsupportedMediaType
from contracts.asset import AssetType

_TAKEN = MappingProxyType(
    {
        AssetType.PHOTO: "a picture (JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF or BMP)",
        AssetType.PLAN: "a picture (JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF or BMP) or a PDF",
        AssetType.VIDEO: "a video (MP4, QuickTime, WebM, Matroska, AVI, MPEG, WMV, FLV or Ogg)",
        AssetType.AUDIO: "sound without pictures (MP3, M4A, WAV, FLAC, Ogg, AAC, AIFF, AMR, WMA)",
        AssetType.DOCUMENT: "a PDF, an office document, plain text or a picture",
    }
)


def check_fits(asset_type: AssetType, media_type: str) -> None:
    """Raises UnsupportedMediaType unless an asset of this type may hold such content."""
    if not _fits(asset_type, media_type):
        raise UnsupportedMediaType(
            f"the file is {media_type}; an asset of type {asset_type} takes {_TAKEN[asset_type]}"
        )


def _fits(asset_type: AssetType, media_type: str) -> bool:
    if media_type not in EXTENSIONS:
        return False
    is_picture = media_type.startswith("image/")
    match asset_type:
        case AssetType.PHOTO:
            return is_picture
        case AssetType.PLAN:
            return is_picture or media_type == "application/pdf"
        case AssetType.DOCUMENT:
            return is_picture or media_type in DOCUMENTS
        case _:
            return media_type.startswith(f"{asset_type}/")
