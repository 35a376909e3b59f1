"""The finished film: segments joined as they are, a soundtrack, tags, the index in front."""

from collections.abc import Sequence
from pathlib import Path

from app.film.encoding import LOCAL_ONLY, run_ffmpeg
from app.film.formats import FrameFormat
from app.film.tags import FilmTags

_SAMPLE_RATE = 48_000


def assemble(
    segments: Sequence[Path],
    target: Path,
    frame: FrameFormat,
    frames: int,
    *,
    sound: Path | None,
    tags: FilmTags,
) -> None:
    """Join segments without encoding them again, with an AAC track of the same length.

    Players and social sites expect a soundtrack: without `sound` it is silence. Raises FilmError
    `encoder_failed`.
    """
    silence = ("-f", "lavfi", "-i", f"anullsrc=sample_rate={_SAMPLE_RATE}:channel_layout=stereo")
    playlist = target.with_suffix(".txt")
    playlist.write_text("".join(f"file '{_quoted(segment)}'\n" for segment in segments))
    run_ffmpeg(
        [
            *(*LOCAL_ONLY, "-f", "concat", "-safe", "0", "-i", str(playlist)),
            *("-t", f"{frames / frame.fps:.6f}"),
            *(("-i", str(sound)) if sound else silence),
            *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "128k"),
            *("-map_metadata", "-1", *tags.arguments()),
            *("-movflags", "+faststart", "-f", "mp4", str(target)),
        ]
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", r"'\''")
