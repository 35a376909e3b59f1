"""The cut of a film: a scene lasts as long as its words, and longer where its picture is worth it.

It is made when the words are known, whoever wrote them.
"""

from collections.abc import Sequence
from types import MappingProxyType

from app.core.brief import Quality, ScriptBrief, Sight
from app.core.director.timing import lengths, shares, speech_s
from contracts.asset import Room
from contracts.script import Scene, ScenePart

#: How long one likes to look at what a scene shows, against the others.
_ROOMS = MappingProxyType(
    {
        Room.EXTERIOR: 1.1, Room.HALLWAY: 0.7, Room.LIVING_ROOM: 1.2, Room.DINING_ROOM: 0.9,
        Room.KITCHEN: 1.1, Room.BEDROOM: 1.0, Room.BATHROOM: 0.8, Room.OFFICE: 0.8,
        Room.OTHER: 0.9, Room.TERRACE: 1.1, Room.GARDEN: 1.1, Room.POOL: 1.1, Room.VIEW: 1.1,
        Room.GARAGE: 0.7, Room.PLAN: 0.9,
    }
)  # fmt: skip
#: Price, energy and figures are read as well as heard.
_PARTS = MappingProxyType(
    {ScenePart.HOOK: 1.3, ScenePart.CARD: 1.0, ScenePart.FIGURES: 1.3, ScenePart.CLOSING: 1.2}
)
_POOR = 0.7


def worth(part: ScenePart | None, room: Room, sight: Sight | None) -> float:
    """How long a scene should be looked at beside its words; 1 for a bedroom."""
    looked_at = _ROOMS[room] if part is None or part is ScenePart.VISIT else _PARTS[part]
    return looked_at * (_POOR if sight and sight.quality is Quality.POOR else 1.0)


def planned(brief: ScriptBrief, scenes: Sequence[Scene]) -> list[float]:
    """The seconds of each scene as long as nobody knows what will be said."""
    return shares(brief.order.duration_s, _weights(brief, scenes))


def cut(brief: ScriptBrief, scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The scenes, each as long as its words ask; as long as planned when they are too many."""
    spoken = [speech_s(scene.narration, brief.order.language) for scene in scenes]
    try:
        seconds = lengths(brief.order.duration_s, spoken, _weights(brief, scenes))
    except ValueError:
        seconds = planned(brief, scenes)
    return tuple(
        scene.model_copy(update={"duration_s": length})
        for scene, length in zip(scenes, seconds, strict=True)
    )


def _weights(brief: ScriptBrief, scenes: Sequence[Scene]) -> list[float]:
    return [worth(scene.part, scene.room, brief.sight_of(scene.asset_id)) for scene in scenes]
