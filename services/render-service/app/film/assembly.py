"""The finished film: segments and sound joined as they are, tags, the index in front."""

from collections.abc import Sequence
from pathlib import Path

from app.film.encoding import LOCAL_ONLY, run_ffmpeg
from app.film.formats import FrameFormat
from app.film.sound import AAC, SAMPLE_RATE
from app.film.tags import FilmTags

#: A soundtrack with nothing to hear.
_SILENCE = ("-f", "lavfi", "-i", f"anullsrc=sample_rate={SAMPLE_RATE}:channel_layout=stereo")


def assemble(
    segments: Sequence[Path],
    target: Path,
    frame: FrameFormat,
    frames: int,
    *,
    sound: Path | None,
    tags: FilmTags,
) -> None:
    """Join segments and the film's sound (AAC, of the same length) without encoding them again.

    Players and social sites expect a soundtrack: without `sound` it is silence. Raises FilmError
    `encoder_failed`.
    """
    heard, codec = (("-i", str(sound)), ("-c:a", "copy")) if sound else (_SILENCE, AAC)
    playlist = target.with_suffix(".txt")
    playlist.write_text("".join(f"file '{_quoted(segment)}'\n" for segment in segments))
    run_ffmpeg(
        [
            *(*LOCAL_ONLY, "-f", "concat", "-safe", "0", "-i", str(playlist)),
            *("-t", f"{frames / frame.fps:.6f}"),
            *(*heard, "-map", "0:v", "-map", "1:a", "-c:v", "copy", *codec),
            *("-map_metadata", "-1", *tags.arguments()),
            *("-movflags", "+faststart", "-f", "mp4", str(target)),
        ]
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", r"'\''")
