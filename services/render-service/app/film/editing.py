"""What an editor decides: cuts and cross-fades, the picture for the poster, captions in it."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.film.captions import caption_cues
from app.film.formats import FrameFormat
from app.film.looks import Look
from app.film.shots import BurnedCaption, Shot, WorkingPicture
from app.film.voicing import Spoken
from contracts.asset import Room
from contracts.script import Scene, Script

#: Cross-fades in seconds: between rooms, to and from cards, and between scenes shorter than that.
_FADE_S, _CARD_FADE_S, _FAST_FADE_S, _FAST_S = 0.5, 0.7, 0.4, 2.5

#: The median luma of a picture that looks well lit.
_BEST_LIGHT = 0.5


def fades_between(scenes: Sequence[Scene]) -> list[float]:
    """The seconds of each cross-fade: long about cards, short in a fast film, 0 for a cut.

    Two views of one room are cut: a fade between them would show two beds.
    """
    return [_fade_s(before, after) for before, after in pairwise(scenes)]


def _fade_s(before: Scene, after: Scene) -> float:
    if before.asset_id is None or after.asset_id is None:
        return _CARD_FADE_S
    if before.room is after.room and after.room is not Room.OTHER:
        return 0.0
    return _FAST_FADE_S if max(before.duration_s, after.duration_s) < _FAST_S else _FADE_S


def poster_scene(
    script: Script, shots: Sequence[Shot], pictures: Mapping[int, WorkingPicture]
) -> int:
    """Where the sharpest, best exposed picture of the outside is, or else the first picture."""
    shown = [at for at, shot in enumerate(shots) if not shot.is_drawn]
    outside = [at for at in shown if script.scenes[at].room is Room.EXTERIOR]
    return max(outside, key=lambda at: _appeal(pictures[at].look), default=next(iter(shown), 0))


def _appeal(look: Look) -> float:
    exposed = 1 - 2 * abs(look.light - _BEST_LIGHT)
    return exposed * (1 - look.clipped) * math.log1p(look.sharpness)


def burned_captions(
    script: Script, frame: FrameFormat, spoken: Mapping[int, Spoken]
) -> tuple[BurnedCaption, ...]:
    """The captions of a film with the frames of the film that they are drawn into."""
    return tuple(
        BurnedCaption(
            start=round(cue.start_ms * frame.fps / 1000),
            end=round(cue.end_ms * frame.fps / 1000),
            text=" ".join(cue.lines),
        )
        for cue in caption_cues(script.scenes, spoken)
    )
