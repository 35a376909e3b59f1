"""When a voice-over is heard: each piece within its scene, after a short pause."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType

from app.film.values import Value
from contracts.script import Scene

#: Nobody speaks.
SILENCE: Mapping[int, "Spoken"] = MappingProxyType({})

#: A scene is seen before it is spoken of, in seconds.
PAUSE_S = 0.25

#: The most that speech is hurried, its pitch kept: more is heard as haste.
FASTEST = 1.2


class Speech(Value):
    """A scene's narration as it was spoken: a WAV of so many seconds."""

    file: Path
    seconds: float


class Spoken(Value):
    """A piece of voice-over: it begins `start_s` after the film and is heard for `seconds`.

    It is played `tempo` times as fast as it was spoken; what is left after its seconds is faded.
    """

    file: Path
    start_s: float
    seconds: float
    tempo: float = 1.0


def place(scenes: Sequence[Scene], speech: Mapping[int, Speech]) -> dict[int, Spoken]:
    """Where in a film each scene's speech is heard, never beyond the scene's end."""
    starts = accumulate((scene.duration_s for scene in scenes), initial=0.0)
    return {
        position: _placed(speech[position], start, scene.duration_s)
        for position, (start, scene) in enumerate(zip(starts, scenes, strict=False))
        if position in speech
    }


def _placed(speech: Speech, start_s: float, scene_s: float) -> Spoken:
    pause = min(PAUSE_S, max(0.0, scene_s - speech.seconds / FASTEST))
    room = scene_s - pause
    tempo = min(max(speech.seconds / room, 1.0), FASTEST)
    return Spoken(
        file=speech.file,
        start_s=start_s + pause,
        seconds=min(speech.seconds / tempo, room),
        tempo=tempo,
    )
