"""The plan of a film: its shots on the timeline, and the segments to render."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import Field

from app.film.camera import TIGHTEST_ZOOM, Move, Size, camera_move
from app.film.editing import burned_captions, fades_between, poster_scene
from app.film.formats import FrameFormat
from app.film.grading import FilmLight, Grade, grades, light_of
from app.film.shots import (
    BurnedCaption,
    CardShot,
    Clip,
    ClipShot,
    Segment,
    Shot,
    StillShot,
    Take,
    WorkingPicture,
)
from app.film.timeline import Span, Timeline, lay_out
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
from app.film.voicing import Speech, Spoken, place
from contracts.asset import Room
from contracts.script import Script

#: The house is seen before it is named.
_HOOK_WAITS_S = 0.5

#: Where walls are near, the camera goes slower.
_SMALL_ROOMS = frozenset({Room.BATHROOM, Room.HALLWAY, Room.OFFICE, Room.GARAGE})
_SMALL_ROOM_PACE = 0.7

_NO_SPEECH: Mapping[int, Speech] = MappingProxyType({})
_NO_CLIPS: Mapping[int, Clip] = MappingProxyType({})


class PlannedSegment(Value):
    """A segment and the scene it belongs to: a body to its own, a cross-fade to the later one."""

    scene: int
    is_body: bool
    segment: Segment


class FilmPlan(Value):
    """What is seen when; one shot per scene of the script.

    `poster_scene` is the position of the scene that speaks best for the film; `is_matched` tells
    whether the light of the photos was matched; `captions` are drawn into the picture, with the
    frames of the film that they are seen in. `light` is what the photos are matched to, if they
    are. `spoken` is the voice-over, by position of its scene.
    """

    frame: FrameFormat
    timeline: Timeline
    shots: tuple[Shot, ...]
    poster_scene: int = 0
    is_matched: bool = False
    light: FilmLight | None = None
    captions: tuple[BurnedCaption, ...] = ()
    spoken: Mapping[int, Spoken] = Field(default_factory=dict)

    def segments(self) -> Iterator[PlannedSegment]:
        """Every segment of the film, from its first frame to its last."""
        for index in range(len(self.shots)):
            if index and self.timeline.half_fades[index - 1]:
                yield PlannedSegment(scene=index, is_body=False, segment=self._fade(index))
            yield PlannedSegment(scene=index, is_body=True, segment=self.body(index))

    def body(self, index: int) -> Segment:
        """The segment in which nothing but this scene is seen; also the scene's clip."""
        span = self.timeline.body(index)
        return self._segment(span, self._take(index, span.start))

    def _fade(self, index: int) -> Segment:
        span = self.timeline.transition(index - 1)
        return self._segment(span, self._take(index - 1, span.start), self._take(index, span.start))

    def _segment(self, span: Span, *takes: Take) -> Segment:
        captions = tuple(
            BurnedCaption(
                start=max(each.start - span.start, 0),
                end=min(each.end - span.start, span.frames),
                text=each.text,
            )
            for each in self.captions
            if each.start < span.end and each.end > span.start
        )
        return Segment(frame=self.frame, frames=span.frames, takes=takes, captions=captions)

    def _take(self, index: int, start: int) -> Take:
        return Take(shot=self.shots[index], first=start - self.timeline.seen(index).start)


def plan_film(
    script: Script,
    frame: FrameFormat,
    pictures: Mapping[int, WorkingPicture],
    clips: Mapping[int, Clip] = _NO_CLIPS,
    *,
    matched: bool = True,
    light: FilmLight | None = None,
    speech: Mapping[int, Speech] = _NO_SPEECH,
) -> FilmPlan:
    """Plan a script's film; `pictures` by position of their scene, a scene without one is a card.

    A scene with a clip plays it; its picture is the clip's first frame. The exposure and white
    balance of the photos are matched unless they are to stay as they are: to a `light` known from
    before, so that one other photo leaves the rest alone, or to their own. Raises FilmError
    `script_unfilmable`.
    """
    spoken = place(script.scenes, speech)
    photos = {
        at: picture.look
        for at, picture in pictures.items()
        if at not in clips and script.scenes[at].room is not Room.PLAN
    }
    matching = (light or light_of(photos.values())) if matched else None
    graded = grades(photos, matching)
    durations = [scene.duration_s for scene in script.scenes]
    timeline = lay_out(durations, frame.fps, fades_between(script.scenes))
    shooting = _Shooting(script, frame, timeline, pictures, clips, graded)
    shots = tuple(shooting.shot(position) for position in range(len(script.scenes)))
    return FilmPlan(
        frame=frame,
        timeline=timeline,
        shots=shots,
        poster_scene=poster_scene(script, shots, pictures),
        is_matched=any(grade != Grade() for grade in graded.values()),
        light=matching,
        spoken=spoken,
        captions=burned_captions(script, frame, spoken) if frame.captions_burned else (),
    )


@dataclass(frozen=True, slots=True)
class _Shooting:
    """What the shots of a film are made from."""

    script: Script
    frame: FrameFormat
    timeline: Timeline
    pictures: Mapping[int, WorkingPicture]
    clips: Mapping[int, Clip]
    grades: Mapping[int, Grade]

    def shot(self, position: int) -> Shot:
        """The shot of a scene."""
        titling, picture = titling_of(self.script, position), self.pictures.get(position)
        if picture is None or not isinstance(titling, HookTitle | LowerThird):
            return CardShot(
                frames=self.timeline.seen(position).frames,
                titling=as_card(titling),
                backdrop=picture or self._backdrop(position, titling),
                palette=position,
                text_from=self._text_from(position, titling),
            )
        if position in self.clips:
            return ClipShot(
                frames=self.timeline.seen(position).frames,
                clip=self.clips[position],
                titling=titling,
                text_from=self._text_from(position, titling),
            )
        return StillShot(
            frames=self.timeline.seen(position).frames,
            picture=picture,
            move=self._move(position, picture),
            grade=self.grades.get(position, Grade()),
            titling=titling,
            text_from=self._text_from(position, titling),
        )

    def _move(self, position: int, picture: WorkingPicture) -> Move:
        scene = self.script.scenes[position]
        return camera_move(
            scene.motion,
            picture.size,
            Size(self.frame.width, self.frame.height),
            self.timeline.seen(position).frames / self.frame.fps,
            focus=(picture.look.focus_x, picture.look.focus_y),
            pace=_SMALL_ROOM_PACE if scene.room in _SMALL_ROOMS else 1.0,
            tightest=_tightest_zoom(picture),
        )

    def _text_from(self, position: int, titling: Titling) -> int:
        """Words wait until the cross-fade is over, the name of the house until it was seen."""
        seen = self.timeline.seen(position)
        if isinstance(titling, HookTitle):
            return min(round(_HOOK_WAITS_S * self.frame.fps), seen.frames // 4)
        return self.timeline.body(position).start - seen.start

    def _backdrop(self, position: int, titling: Titling) -> WorkingPicture | None:
        """The cards at the end look back at the opening; others stay with what was seen last."""
        if not self.pictures:
            return None
        before = [each for each in sorted(self.pictures) if each < position]
        if not before or isinstance(titling, FiguresCard | ClosingCard):
            return self.pictures[min(self.pictures)]
        return self.pictures[before[-1]]


def _tightest_zoom(picture: WorkingPicture) -> float:
    """The full zoom for photos of enough pixels, half of it for those enlarged twice or more."""
    lacking = min(max(picture.enlarged - 1, 0), 1)
    return TIGHTEST_ZOOM - lacking * (TIGHTEST_ZOOM - 1) / 2
