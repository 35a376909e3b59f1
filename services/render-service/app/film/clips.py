"""Clips from a provider: decoded whole before they are believed, then read frame by frame.

Runs in a child process only. A clip has its own length and rate: it is cut off where the scene
ends, slowed down a little where it is too short, and held on its last frame after that.
"""

import subprocess
import weakref
from fractions import Fraction
from pathlib import Path
from typing import IO, cast

import numpy as np

from app.film.camera import Move, Size, Viewport
from app.film.encoding import LOCAL_ONLY, ffmpeg, run_ffmpeg
from app.film.formats import FrameFormat
from app.film.lettering.scrims import Ground
from app.film.planes import Planes, mix
from app.film.shots import ClipFacts
from app.film.values import FilmError
from common.confined import die_with_parent

#: How much longer than it is a clip may be made to last: slower than this, moves look unreal.
_SLOWEST = 1.5

#: Forward jumps up to this many frames are read over; for longer ones the reader starts anew.
_READ_OVER = 48

#: Below this share, the next frame is not seen.
_INVISIBLE = 0.02


#: A frame of a clip fills the film's frame already.
_AS_IT_IS = Move(start=Viewport(x=0.5, y=0.5, zoom=1), end=Viewport(x=0.5, y=0.5, zoom=1))


def inspect_clip(path: Path) -> ClipFacts:
    """Decode every frame of a clip. Raises FilmError `clip_unreadable`."""
    sums = path.with_suffix(".framecrc")
    try:
        run_ffmpeg(
            [
                *(*LOCAL_ONLY, "-xerror", "-i", str(path), "-map", "0:v:0"),
                *("-c:v", "rawvideo", "-fps_mode", "passthrough", "-f", "framecrc", str(sums)),
            ]
        )
    except FilmError as error:
        raise FilmError("clip_unreadable", "it cannot be decoded to its end") from error
    return _facts(sums.read_text())


def _facts(sums: str) -> ClipFacts:
    """From ffmpeg's framecrc listing: `#tb 0: 1/24`, then a line for each frame with its time."""
    lines = sums.splitlines()
    header = dict(line.removeprefix("#").split(" 0: ", 1) for line in lines if " 0: " in line)
    times = [int(line.split(",")[2]) for line in lines if not line.startswith("#")]
    if len(times) < 2 or times[-1] <= times[0]:
        raise FilmError("clip_unreadable", "it has fewer than two frames")
    width, height = header["dimensions"].split("x")
    spacing = Fraction(times[-1] - times[0], len(times) - 1) * Fraction(header["tb"])
    return ClipFacts(
        width=int(width), height=int(height), frames=len(times), fps=float(1 / spacing)
    )


def first_frame(path: Path, target: Path) -> None:
    """Write the first frame of a clip as a PNG. Raises FilmError `encoder_failed`."""
    run_ffmpeg([*(*LOCAL_ONLY, "-i", str(path), "-frames:v", "1"), *("-f", "image2", str(target))])


class ClipFrames:
    """The frames of a clip at the size and rate of the film (`sources.FrameSource`)."""

    def __init__(self, path: Path, clip: ClipFacts, frames: int, frame: FrameFormat) -> None:
        self._reader = _Reader(path, Size(frame.width, frame.height))
        self._last = clip.frames - 1
        natural_s, needed_s = clip.frames / clip.fps, frames / frame.fps
        speed = min(1.0, max(natural_s / needed_s, 1 / _SLOWEST))
        self._step = clip.fps * speed / frame.fps

    def draw(self, index: int, frame: Planes) -> None:
        """Fill `frame` with what the clip shows then, between two of its frames where need be."""
        position = min(index * self._step, self._last)
        number = int(position)
        share = position - number
        np.copyto(frame.buffer, self._reader.frame(number).buffer)
        if share > _INVISIBLE and number < self._last:
            mix(frame, self._reader.frame(number + 1), share, frame)

    def ground(self, frame: Size) -> Ground:
        """The lightest that each pixel gets, seen at the beginning, the middle and the end."""
        lightest, other = (Planes.blank(self._reader.size) for _ in range(2))
        self.draw(0, lightest)
        for number in (self._last // 2, self._last):
            np.copyto(other.buffer, self._reader.frame(number).buffer)
            np.maximum(lightest.y, other.y, out=lightest.y)
        return Ground(lightest, _AS_IT_IS, frame)


class _Reader:
    """Decodes a clip into the size of the film, the last two frames read at hand."""

    def __init__(self, path: Path, size: Size) -> None:
        self.size = size
        self._path = path
        self._held: dict[int, Planes] = {}
        self._next = 0
        self._pipe: IO[bytes] | None = None
        self._end: weakref.finalize[[subprocess.Popen[bytes]], _Reader] | None = None

    def frame(self, number: int) -> Planes:
        """One frame; it stays as it is until the second next is asked for."""
        if number not in self._held:
            if self._pipe is None or not self._next <= number <= self._next + _READ_OVER:
                self._open(number)
            while self._next <= number:
                self._read()
        return self._held[number]

    def _read(self) -> None:
        self._held.pop(self._next - 2, None)
        planes = Planes.blank(self.size)
        pipe = cast("IO[bytes]", self._pipe)
        if pipe.readinto(planes.buffer.data) < planes.buffer.nbytes:  # type: ignore[attr-defined]
            raise FilmError("clip_unreadable", f"it ends before frame {self._next}")
        self._held[self._next] = planes
        self._next += 1

    def _open(self, first: int) -> None:
        if self._end is not None:
            self._end()
        size = f"{self.size.width}:{self.size.height}"
        fill = (
            f"select=gte(n\\,{first}),scale={size}:force_original_aspect_ratio=increase"
            f":out_color_matrix=bt709:out_range=tv,crop={size}"
        )
        process = subprocess.Popen(  # noqa: S603 -- our own ffmpeg and arguments
            ffmpeg(
                *(*LOCAL_ONLY, "-threads", "1", "-i", str(self._path), "-map", "0:v:0"),
                *("-vf", fill, "-fps_mode", "passthrough", "-pix_fmt", "yuv420p"),
                *("-f", "rawvideo", "pipe:1"),
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 -- this child has no other thread
        )
        self._held.clear()
        self._next = first
        self._pipe = process.stdout
        self._end = weakref.finalize(self, _ended, process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()
