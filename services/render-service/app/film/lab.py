"""What goes to a provider of clips and what comes back, each handled in a child process."""

from pathlib import Path

from app.film.camera import Size
from app.film.jobs import DevelopPhoto, InspectClip
from app.film.renderers import Renderers
from app.film.values import FilmError

_DEVELOP_CPU_S = 30
_INSPECT_CPU_S = 60

#: How far a clip's length may be from what was ordered, in seconds.
_TOLERANCE_S = 0.5


class Lab:
    """Develops photos and inspects clips (`services.location.PictureLab`)."""

    def __init__(self, *, max_megapixels: int = 100) -> None:
        self._max_megapixels = max_megapixels

    async def develop(self, photo: Path, size: tuple[int, int], target: Path) -> None:
        """Writes the middle of a photo as a JPEG of the clip's shape, without metadata.

        Raises FilmError `picture_unreadable` or `picture_too_large`.
        """
        job = DevelopPhoto(
            cpu_limit_s=_DEVELOP_CPU_S,
            photo=photo,
            size=Size(*size),
            target=target,
            max_megapixels=self._max_megapixels,
        )
        async with Renderers.of(1) as renderers:
            await renderers.develop(job)

    async def inspect(self, clip: Path, size: tuple[int, int], duration_s: float) -> None:
        """Decodes a clip from its first frame to its last.

        Raises FilmError `clip_unreadable`, or `clip_unfit` when its size or its length (by more
        than half a second) is not what was ordered.
        """
        async with Renderers.of(1) as renderers:
            found = await renderers.inspect(InspectClip(cpu_limit_s=_INSPECT_CPU_S, clip=clip))
        if (found.width, found.height) != size:
            raise FilmError(
                "clip_unfit", f"{found.width}×{found.height} came instead of {size[0]}×{size[1]}"
            )
        if abs(found.frames / found.fps - duration_s) > _TOLERANCE_S:
            raise FilmError(
                "clip_unfit",
                f"{found.frames / found.fps:.1f} s came instead of {duration_s:.1f} s",
            )
