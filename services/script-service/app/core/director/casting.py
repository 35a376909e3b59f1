"""Which pictures are shown, and in what order: the visit, from the street to the garden."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from contracts.asset import Asset, Room

#: The order of a visit; plans come near the end.
VISIT = (
    Room.EXTERIOR, Room.HALLWAY, Room.LIVING_ROOM, Room.DINING_ROOM, Room.KITCHEN, Room.BEDROOM,
    Room.BATHROOM, Room.OFFICE, Room.OTHER, Room.TERRACE, Room.GARDEN, Room.POOL, Room.VIEW,
    Room.GARAGE, Room.PLAN,
)  # fmt: skip

OUTSIDE = frozenset({Room.TERRACE, Room.GARDEN, Room.POOL, Room.VIEW, Room.GARAGE})

#: What opens a film best, and what is kept longest when there is not time for all.
_APPEAL = (
    Room.EXTERIOR, Room.POOL, Room.VIEW, Room.LIVING_ROOM, Room.TERRACE, Room.GARDEN,
    Room.KITCHEN, Room.BEDROOM, Room.BATHROOM, Room.DINING_ROOM, Room.OTHER, Room.OFFICE,
    Room.HALLWAY, Room.GARAGE, Room.PLAN,
)  # fmt: skip


def cast(pictures: Sequence[Asset], most: int, poor: Collection[UUID] = ()) -> list[Asset]:
    """At most `most` pictures in the order of the film: the hook first, then the visit.

    A `poor` picture opens no film while there is another, and is the first of its room to go.
    """
    chosen = _most_varied(pictures, most, poor)
    if not chosen:
        return []
    hook = min(
        chosen, key=lambda asset: (asset.id in poor, _APPEAL.index(asset.room), *_rank(asset))
    )
    rest = [asset for asset in chosen if asset is not hook]
    return [hook, *sorted(rest, key=lambda asset: (VISIT.index(asset.room), *_rank(asset)))]


def _most_varied(pictures: Iterable[Asset], most: int, poor: Collection[UUID]) -> list[Asset]:
    """One picture of every room, then a second one, and so on, the most appealing rooms first."""
    seen: dict[Room, int] = {}
    turns = []
    for asset in sorted(pictures, key=lambda asset: (asset.id in poor, *_rank(asset))):
        turn = seen.get(asset.room, 0)
        seen[asset.room] = turn + 1
        turns.append((turn, _APPEAL.index(asset.room), asset))
    turns.sort(key=lambda item: item[:2])
    return [asset for _, _, asset in turns[:most]]


def _rank(asset: Asset) -> tuple[bool, int, int, str, str]:
    """The place wished, then the most pixels, then the name; ids only break what is left."""
    pixels = (asset.width or 0) * (asset.height or 0)
    return asset.position is None, asset.position or 0, -pixels, asset.name, str(asset.id)
