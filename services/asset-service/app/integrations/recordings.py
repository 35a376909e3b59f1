"""Looking into videos and sound: what they are, how long, whether they are whole.

MediaInfo also reads playlists, manifests and files that are cut into parts, and then opens what
they name, on this disk or on the network behind our walls. So it is shown only what begins as a
recording that is taken does.
"""

import re
from pathlib import Path

from pymediainfo import MediaInfo, Track

from app.core.media import EXTENSIONS, UNKNOWN, Media, container_type
from app.integrations.refusal import broken

MediaInfo.can_parse()  # loads its library now, once, rather than in each fork

_BEGINNING = re.compile(
    rb"""
      .{4}(?:ftyp|moov|mdat|free|skip|wide|pnot)   # MPEG-4 and QuickTime
    | \x1a\x45\xdf\xa3                            # Matroska and WebM
    | (?:RIFF|RIFX|RF64).{4}(?:AVI\ |WAVE)
    | \x00\x00\x01[\xb0-\xbf]                    # MPEG-PS and bare MPEG video
    | \x47.{187}\x47                              # MPEG-TS
    | \x30\x26\xb2\x75                            # Windows Media
    | FLV | OggS | ID3 | fLaC | FORM.{4}AIF[FC] | \#!AMR
    | \xff[\xe2-\xe5\xf0-\xf5\xf8-\xfd]          # MPEG audio and ADTS; a text's mark is ff fe
    """,
    re.DOTALL | re.VERBOSE,
)
_BEGINNING_BYTES = 256


def look_into_recording(file: Path, hint: str) -> Media:
    """What a video or sound file is; `hint` is the type that its first bytes suggest.

    Raises Refused.
    """
    with file.open("rb") as content:
        if not _BEGINNING.match(content.read(_BEGINNING_BYTES)):
            return _unknown(hint)
    tracks = MediaInfo.parse(file).tracks
    general = next(track for track in tracks if track.track_type == "General")
    pictures = next((track for track in tracks if track.track_type == "Video"), None)
    sound = next((track for track in tracks if track.track_type == "Audio"), None)
    media_type = container_type(
        general.format or "", general.format_profile or "", has_pictures=pictures is not None
    )
    if media_type is None:
        return _unknown(hint)
    if general.istruncated:
        raise broken("the recording ends before it should")
    if pictures is None and sound is None:
        raise broken("the recording has neither pictures nor sound")
    duration_s = _duration_s(tracks)
    if duration_s == 0:
        raise broken("the recording is empty")
    return Media(media_type, *_frame(pictures), duration_s)


def _unknown(hint: str) -> Media:
    """What is no recording that is taken; raises Refused when its first bytes say it is one."""
    if hint in EXTENSIONS:
        raise broken("the recording ends before it begins")
    return Media(hint or UNKNOWN)


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
