"""The timeline: which frames belong to which scene, and where the film is cut into segments.

Scene `i` owns the frames [starts[i], starts[i+1]), found by rounding the running total, so that no
rounding adds up and the film is exact to the frame. A cross-fade is centred on each boundary. A
segment is either a scene's body (its frames outside the cross-fades) or one cross-fade; laid end
to end the segments are the film, each frame in exactly one of them.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from app.film.values import FilmError, Value

#: A cross-fade between rooms, in seconds.
_FADE_S = 0.5


class Span(Value):
    """The frames from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return self.end - self.start


class Timeline(Value):
    """The scenes of a film in frames; `half_fades[i]` belongs to the boundary after scene `i`."""

    fps: int
    scenes: tuple[Span, ...]
    half_fades: tuple[int, ...]

    @property
    def frames(self) -> int:
        """The length of the film."""
        return self.scenes[-1].end

    def seen(self, index: int) -> Span:
        """The frames in which anything of the scene is seen, its cross-fades included."""
        scene = self.scenes[index]
        return Span(
            start=scene.start - self._half_fade_before(index),
            end=scene.end + self._half_fade_after(index),
        )

    def body(self, index: int) -> Span:
        """The frames in which nothing but the scene is seen."""
        scene = self.scenes[index]
        return Span(
            start=scene.start + self._half_fade_before(index),
            end=scene.end - self._half_fade_after(index),
        )

    def transition(self, before: int) -> Span:
        """The cross-fade from scene `before` to the next."""
        boundary, half = self.scenes[before].end, self.half_fades[before]
        return Span(start=boundary - half, end=boundary + half)

    def _half_fade_before(self, index: int) -> int:
        return self.half_fades[index - 1] if index else 0

    def _half_fade_after(self, index: int) -> int:
        return self.half_fades[index] if index < len(self.half_fades) else 0


def lay_out(
    durations_s: Sequence[float], fps: int, fades_s: Sequence[float] | None = None
) -> Timeline:
    """Lay scenes of these durations (seconds) end to end.

    `fades_s` are the wished cross-fades between them, 0 for a cut; half a second each unless
    given. A fade takes at most a quarter of the shorter scene from each side, and vanishes between
    scenes of less than four frames. Raises FilmError `script_unfilmable` for a script without
    scenes, or with one shorter than a frame.
    """
    starts = [0, *(round(total * fps) for total in accumulate(durations_s))]
    scenes = tuple(Span(start=start, end=end) for start, end in pairwise(starts))
    if not scenes:
        raise FilmError("script_unfilmable", "the script has no scenes")
    if any(scene.frames < 1 for scene in scenes):
        raise FilmError("script_unfilmable", "a scene is shorter than one frame")
    wished = fades_s if fades_s is not None else [_FADE_S] * (len(scenes) - 1)
    half_fades = tuple(
        min(round(fade_s / 2 * fps), before.frames // 4, after.frames // 4)
        for fade_s, (before, after) in zip(wished, pairwise(scenes), strict=True)
    )
    return Timeline(fps=fps, scenes=scenes, half_fades=half_fades)
