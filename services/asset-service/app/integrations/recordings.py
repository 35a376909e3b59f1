"""Looking into videos and sound: what they are, how long, whether they are whole."""

from pathlib import Path

from pymediainfo import MediaInfo, Track

from app.core.media import EXTENSIONS, UNKNOWN, Media, container_type
from app.integrations.refusal import broken

MediaInfo.can_parse()  # loads its library now, once, rather than in each fork


def look_into_recording(file: Path, hint: str) -> Media:
    """What a video or sound file is; `hint` is the type that its first bytes suggest.

    Raises Refused.
    """
    tracks = MediaInfo.parse(file).tracks
    general = next(track for track in tracks if track.track_type == "General")
    pictures = next((track for track in tracks if track.track_type == "Video"), None)
    sound = next((track for track in tracks if track.track_type == "Audio"), None)
    media_type = container_type(
        general.format or "", general.format_profile or "", has_pictures=pictures is not None
    )
    if media_type is None and hint in EXTENSIONS:
        raise broken("the recording ends before it begins")
    if media_type is None:
        return Media(hint or UNKNOWN)
    if general.istruncated:
        raise broken("the recording ends before it should")
    if pictures is None and sound is None:
        raise broken("the recording has neither pictures nor sound")
    duration_s = _duration_s(tracks)
    if duration_s == 0:
        raise broken("the recording is empty")
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
