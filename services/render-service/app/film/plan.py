"""The plan of a film: its shots on the timeline, and the segments to render."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.film.camera import Size, camera_move
from app.film.formats import FrameFormat
from app.film.shots import CardShot, Clip, ClipShot, Segment, Shot, StillShot, Take, WorkingPicture
from app.film.timeline import Timeline, lay_out
from app.film.titling import (
    ClosingCard,
    FiguresCard,
    HookTitle,
    LowerThird,
    Titling,
    as_card,
    titling_of,
)
from app.film.values import Value
from contracts.script import Script

#: The house is seen before it is named.
_HOOK_WAITS_S = 0.5

_NO_CLIPS: Mapping[int, Clip] = MappingProxyType({})


class PlannedSegment(Value):
    """A segment and the scene it belongs to: a body to its own, a cross-fade to the later one."""

    scene: int
    is_body: bool
    segment: Segment


class FilmPlan(Value):
    """What is seen when; one shot per scene of the script."""

    frame: FrameFormat
    timeline: Timeline
    shots: tuple[Shot, ...]

    def segments(self) -> Iterator[PlannedSegment]:
        """Every segment of the film, from its first frame to its last."""
        for index in range(len(self.shots)):
            if index and self.timeline.half_fades[index - 1]:
                yield PlannedSegment(scene=index, is_body=False, segment=self._fade(index))
            yield PlannedSegment(scene=index, is_body=True, segment=self.body(index))

    def body(self, index: int) -> Segment:
        """The segment in which nothing but this scene is seen; also the scene's clip."""
        span = self.timeline.body(index)
        return Segment(frame=self.frame, frames=span.frames, takes=(self._take(index, span.start),))

    def _fade(self, index: int) -> Segment:
        span = self.timeline.transition(index - 1)
        takes = (self._take(index - 1, span.start), self._take(index, span.start))
        return Segment(frame=self.frame, frames=span.frames, takes=takes)

    def _take(self, index: int, start: int) -> Take:
        return Take(shot=self.shots[index], first=start - self.timeline.seen(index).start)

    @property
    def poster_frame(self) -> int:
        """The middle of the first scene with a picture, or else of the first scene."""
        pictures = (index for index, shot in enumerate(self.shots) if shot.kind != "card")
        scene = self.timeline.scenes[next(pictures, 0)]
        return (scene.start + scene.end) // 2


def plan_film(
    script: Script,
    frame: FrameFormat,
    pictures: Mapping[int, WorkingPicture],
    clips: Mapping[int, Clip] = _NO_CLIPS,
) -> FilmPlan:
    """Plan a script's film; `pictures` by position of their scene, a scene without one is a card.

    A scene with a clip plays it; its picture is the clip's first frame. Raises FilmError
    `script_unfilmable`.
    """
    timeline = lay_out([scene.duration_s for scene in script.scenes], frame.fps)
    shots = tuple(
        _shot(script, position, pictures, timeline, frame) for position in range(len(script.scenes))
    )
    played = tuple(
        _played(shot, clips[position]) if position in clips else shot
        for position, shot in enumerate(shots)
    )
    return FilmPlan(frame=frame, timeline=timeline, shots=played)


def _played(shot: Shot, clip: Clip) -> Shot:
    """The clip in place of the camera move over its picture; cards stay as they are."""
    if not isinstance(shot, StillShot):
        return shot
    return ClipShot(frames=shot.frames, clip=clip, titling=shot.titling, text_from=shot.text_from)


def _shot(
    script: Script,
    position: int,
    pictures: Mapping[int, WorkingPicture],
    timeline: Timeline,
    frame: FrameFormat,
) -> Shot:
    seen, titling = timeline.seen(position), titling_of(script, position)
    text_from = timeline.body(position).start - seen.start
    picture = pictures.get(position)
    if picture is None or not isinstance(titling, HookTitle | LowerThird):
        return CardShot(
            frames=seen.frames,
            titling=as_card(titling),
            backdrop=picture or _backdrop(position, titling, pictures),
            palette=position,
            text_from=text_from,
        )
    move = camera_move(
        script.scenes[position].motion,
        picture.size,
        Size(frame.width, frame.height),
        seen.frames / frame.fps,
    )
    if isinstance(titling, HookTitle):
        text_from = min(round(_HOOK_WAITS_S * frame.fps), seen.frames // 4)
    return StillShot(
        frames=seen.frames, picture=picture, move=move, titling=titling, text_from=text_from
    )


def _backdrop(
    position: int, titling: Titling, pictures: Mapping[int, WorkingPicture]
) -> WorkingPicture | None:
    """The cards at the end look back at the opening; others stay with what was seen last."""
    if not pictures:
        return None
    before = [each for each in sorted(pictures) if each < position]
    if not before or isinstance(titling, FiguresCard | ClosingCard):
        return pictures[min(pictures)]
    return pictures[before[-1]]
