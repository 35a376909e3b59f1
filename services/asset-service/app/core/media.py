"""What files are, and which are taken. Imports little, since the inspecting child loads it."""

from dataclasses import dataclass
from types import MappingProxyType

#: The media type of what nobody knows.
UNKNOWN = "application/octet-stream"

DOCUMENTS = MappingProxyType(
    {
        "application/pdf": ".pdf",
        "application/rtf": ".rtf",
        "application/msword": ".doc",
        "application/vnd.ms-excel": ".xls",
        "application/vnd.ms-powerpoint": ".ppt",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
        "application/vnd.oasis.opendocument.text": ".odt",
        "application/vnd.oasis.opendocument.spreadsheet": ".ods",
        "application/vnd.oasis.opendocument.presentation": ".odp",
        "text/plain": ".txt",
    }
)

#: What names of files end in, for every media type that is taken.
EXTENSIONS = MappingProxyType(
    {
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/webp": ".webp",
        "image/avif": ".avif",
        "image/heic": ".heic",
        "image/tiff": ".tif",
        "image/gif": ".gif",
        "image/bmp": ".bmp",
        "video/mp4": ".mp4",
        "video/quicktime": ".mov",
        "video/webm": ".webm",
        "video/x-matroska": ".mkv",
        "video/x-msvideo": ".avi",
        "video/mpeg": ".mpg",
        "video/mp2t": ".ts",
        "video/x-ms-wmv": ".wmv",
        "video/x-flv": ".flv",
        "video/ogg": ".ogv",
        "audio/mp4": ".m4a",
        "audio/mpeg": ".mp3",
        "audio/wav": ".wav",
        "audio/flac": ".flac",
        "audio/ogg": ".ogg",
        "audio/aac": ".aac",
        "audio/aiff": ".aiff",
        "audio/amr": ".amr",
        "audio/webm": ".weba",
        "audio/x-matroska": ".mka",
        "audio/x-ms-wma": ".wma",
        **DOCUMENTS,
    }
)

#: MediaInfo's names of containers, and the subtypes that they have as video and as audio.
_CONTAINERS = MappingProxyType(
    {
        "MPEG-4": ("mp4", "mp4"),
        "QuickTime": ("quicktime", "mp4"),
        "WebM": ("webm", "webm"),
        "Matroska": ("x-matroska", "x-matroska"),
        "AVI": ("x-msvideo", None),
        "MPEG-PS": ("mpeg", None),
        "MPEG-TS": ("mp2t", None),
        "Windows Media": ("x-ms-wmv", "x-ms-wma"),
        "Flash Video": ("x-flv", None),
        "Ogg": ("ogg", "ogg"),
        "MPEG Audio": (None, "mpeg"),
        "Wave": (None, "wav"),
        "FLAC": (None, "flac"),
        "ADTS": (None, "aac"),
        "AIFF": (None, "aiff"),
        "AMR": (None, "amr"),
    }
)


@dataclass(frozen=True, slots=True)
class Media:
    """What a file turned out to be: pixels as displayed, seconds; None where that means nothing."""

    media_type: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None

    @property
    def extension(self) -> str:
        """What names of such files end in, with the dot."""
        return EXTENSIONS.get(self.media_type, "")


def container_type(container: str, profile: str, *, has_pictures: bool) -> str | None:
    """The media type of a video or sound file; None for one that is not taken."""
    name = "QuickTime" if container == "MPEG-4" and profile == "QuickTime" else container
    as_video, as_audio = _CONTAINERS.get(name, (None, None))
    subtype = as_video if has_pictures else as_audio
    return subtype and f"{'video' if has_pictures else 'audio'}/{subtype}"
