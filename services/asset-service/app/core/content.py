"""The bytes of an asset, as the asset shows them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.core.media import Media
from contracts.asset import ContentStatus


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that have been looked into; `sha256` in hexadecimal."""

    media: Media
    size_bytes: int
    sha256: str

    def shown(self) -> dict[str, Any]:
        """The fields of an asset that has this content."""
        return {
            "content_status": ContentStatus.AVAILABLE,
            "mime_type": self.media.media_type,
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "width": self.media.width,
            "height": self.media.height,
            "duration_s": self.media.duration_s,
        }


#: The fields of an asset without content.
NO_CONTENT = MappingProxyType(
    {
        "content_status": ContentStatus.MISSING,
        "size_bytes": None,
        "sha256": None,
        "width": None,
        "height": None,
        "duration_s": None,
    }
)
