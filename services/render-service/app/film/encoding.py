"""x264: one set of parameters for every segment, so that segments join without encoding again."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

import imageio_ffmpeg  # type: ignore[import-untyped]

from app.film.formats import FrameFormat
from app.film.planes import Plane
from app.film.values import FilmError
from common.confined import die_with_parent

#: What ffmpeg may open: our own files and the pipe, never an address found inside a file.
LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")

#: One for all segments, or the joined time stamps would not be one frame apart.
_TIME_SCALE = 90_000

#: ffmpeg 9 leaves primaries and transfer unknown unless the frames themselves are tagged.
_BT709_TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"


def ffmpeg(*arguments: str) -> list[str]:
    """A command line for the ffmpeg that came with the imageio-ffmpeg wheel."""
    return [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y", *arguments]


def x264_arguments(frame: FrameFormat, *, threads: int) -> list[str]:
    """The output options: H.264 High, yuv420p, BT.709, closed groups of at most two seconds."""
    return [
        *("-vf", _BT709_TAGS, "-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-preset", frame.encoding.preset, "-crf", str(frame.encoding.crf)),
        *("-g", str(2 * frame.fps), "-x264-params", "open-gop=0", "-threads", str(threads)),
        *("-video_track_timescale", str(_TIME_SCALE)),
    ]


def raw_input_arguments(frame: FrameFormat, source: str) -> list[str]:
    """The input options for raw I420 frames from `source` (a path, or "pipe:0")."""
    size = f"{frame.width}x{frame.height}"
    layout = ("-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", size)
    return [*LOCAL_ONLY, *layout, "-framerate", str(frame.fps), "-i", source]


class FrameSink(Protocol):
    """Takes frames, one after the other."""

    def write(self, frame: Plane) -> None:
        """Take one flat I420 frame; its buffer may be used again afterwards."""


class _PipeSink:
    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe

    def write(self, frame: Plane) -> None:
        self._pipe.write(frame.data)


@contextmanager
def encoder(frame: FrameFormat, target: Path) -> Iterator[FrameSink]:
    """Encode frames into an MP4 on one thread; once the context is left the file is whole.

    Raises FilmError `encoder_failed` with what ffmpeg said.
    """
    arguments = [
        *raw_input_arguments(frame, "pipe:0"),
        *x264_arguments(frame, threads=1),
        *("-an", "-f", "mp4", str(target)),
    ]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 -- our own ffmpeg and arguments
            ffmpeg(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            preexec_fn=die_with_parent,  # noqa: PLW1509 -- this child has no other thread
        ) as process,
    ):
        frames = cast("IO[bytes]", process.stdin)
        try:
            yield _PipeSink(frames)
            frames.close()
        except BrokenPipeError:
            process.wait()
        except BaseException:
            process.kill()
            raise
        _check(process.wait(), complaints)


def run_ffmpeg(arguments: Sequence[str]) -> None:
    """Run ffmpeg on files of ours to its end. Raises FilmError `encoder_failed`."""
    with tempfile.TemporaryFile() as complaints:
        finished = subprocess.run(  # noqa: S603 -- our own ffmpeg and arguments
            ffmpeg(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            preexec_fn=die_with_parent,
            check=False,
        )
        _check(finished.returncode, complaints)


def _check(return_code: int, complaints: IO[bytes]) -> None:
    if return_code:
        complaints.seek(0)
        said = complaints.read(2_000).decode(errors="replace").strip()
        raise FilmError("encoder_failed", f"ffmpeg ended with {return_code}: {said}")
