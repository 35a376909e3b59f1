"""The finished film: segments joined as they are, a soundtrack, the index in front, a poster."""

from collections.abc import Sequence
from pathlib import Path

from app.film.encoding import LOCAL_ONLY, run_ffmpeg
from app.film.formats import FrameFormat

_SAMPLE_RATE = 48_000


def assemble(segments: Sequence[Path], target: Path, frame: FrameFormat, frames: int) -> None:
    """Join segments without encoding them again, with an AAC track (silence) of the same length.

    Players and social sites expect a soundtrack. Raises FilmError `encoder_failed`.
    """
    playlist = target.with_suffix(".txt")
    playlist.write_text("".join(f"file '{_quoted(segment)}'\n" for segment in segments))
    run_ffmpeg(
        [
            *(*LOCAL_ONLY, "-f", "concat", "-safe", "0", "-i", str(playlist)),
            *("-f", "lavfi", "-t", f"{frames / frame.fps:.6f}"),
            *("-i", f"anullsrc=sample_rate={_SAMPLE_RATE}:channel_layout=stereo"),
            *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "128k"),
            *("-movflags", "+faststart", "-f", "mp4", str(target)),
        ]
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", r"'\''")


def take_poster(film: Path, target: Path, at_s: float) -> None:
    """Write the frame at `at_s` seconds as a JPEG, in JPEG's own colours (BT.601, full range).

    Raises FilmError `encoder_failed`.
    """
    to_jpeg = "scale=in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=pc"
    run_ffmpeg(
        [
            *(*LOCAL_ONLY, "-ss", f"{at_s:.6f}", "-i", str(film), "-frames:v", "1"),
            *("-vf", f"{to_jpeg},format=yuvj420p", "-q:v", "2", "-f", "image2"),
            *("-update", "1", str(target)),
        ]
    )
