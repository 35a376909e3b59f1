"""Drawing and encoding a segment, each of its frames once. Runs in a child process only."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.film.camera import Size
from app.film.encoding import encoder
from app.film.lettering.subtitles import caption_overlay
from app.film.planes import Planes, mix
from app.film.shots import PictureFiles, Segment
from app.film.sources import open_source

#: Progress is told every so many frames.
_REPORT_EVERY = 10


def draw_frames(segment: Segment, pictures: PictureFiles) -> Iterator[Planes]:
    """The frames of a segment; all are drawn into the same buffer."""
    size = Size(segment.frame.width, segment.frame.height)
    sources = [open_source(take.shot, segment.frame, pictures) for take in segment.takes]
    captions = [
        (range(each.start, each.end), caption_overlay(each.text, segment.frame))
        for each in segment.captions
    ]
    frame, other = Planes.blank(size), Planes.blank(size)
    for number in range(segment.frames):
        sources[0].draw(segment.takes[0].first + number, frame)
        for source, take in zip(sources[1:], segment.takes[1:], strict=True):
            source.draw(take.first + number, other)
            mix(frame, other, _share((number + 0.5) / segment.frames), frame)
        for shown, overlay in captions:
            if number in shown and overlay is not None:
                overlay.blend(frame, 1.0)
        yield frame


def render_segment(
    segment: Segment, pictures: PictureFiles, target: Path, tell: Callable[[int], None]
) -> None:
    """Draw a segment and encode it into an MP4; `tell` hears how many frames are done.

    Raises FilmError `encoder_failed`.
    """
    with encoder(segment.frame, target) as sink:
        for number, frame in enumerate(draw_frames(segment, pictures)):
            sink.write(frame.buffer)
            if number % _REPORT_EVERY == 0:
                tell(number)


def _share(progress: float) -> float:
    """How much of the second take is seen: soft at both ends."""
    return progress * progress * (3 - 2 * progress)
