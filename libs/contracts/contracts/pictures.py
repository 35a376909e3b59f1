"""Which pictures the platform works with: what asset-service takes, render-service can show."""

from types import MappingProxyType

#: Media types by Pillow's names of the formats: what cameras, phones and agencies send. Formats
#: that Pillow hands to other programs are not here. HEIC is what telephones keep.
PICTURE_TYPES = MappingProxyType(
    {
        "JPEG": "image/jpeg",
        "PNG": "image/png",
        "WEBP": "image/webp",
        "AVIF": "image/avif",
        "HEIF": "image/heic",
        "TIFF": "image/tiff",
        "GIF": "image/gif",
        "BMP": "image/bmp",
    }
)
