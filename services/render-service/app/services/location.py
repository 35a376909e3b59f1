"""What clips are bought with, and what one turn of it knows."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.core.clips import ClipOrder
from app.core.ledger import Attempt, Step, next_step
from app.core.live import LiveTerms
from app.services.gate import Gate, Pace
from app.services.gathering import PhotoSource
from app.services.ledger import Ledger
from app.services.provider import ClipProvider
from common.jobs import ClaimedJob
from common.storage import Storage
from contracts.render import Render
from contracts.script import Script


class PictureLab(Protocol):
    """Makes photos ready for a provider, and looks at what comes back (`app.film.lab.Lab`)."""

    async def develop(self, photo: Path, size: tuple[int, int], target: Path) -> None:
        """Writes the photo as a JPEG of the clip's shape, without metadata. Raises FilmError."""
        ...

    async def inspect(self, clip: Path, size: tuple[int, int], duration_s: float) -> None:
        """Decodes a clip from its first frame to its last.

        Raises FilmError when it cannot be, or has another size or length than was ordered.
        """
        ...


@dataclass(frozen=True, slots=True)
class Location:
    """Where clips are bought: the provider, what goes there and comes back, and on which terms."""

    provider: ClipProvider
    photos: PhotoSource
    lab: PictureLab
    storage: Storage
    ledger: Ledger
    gate: Gate
    terms: LiveTerms
    pace: Pace


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a render's job.

    `orders` and `history` (all attempts, oldest first) are by scene; `round` counts how often the
    render was tried again; `now` is the database's time at the turn's begin. Pictures are handed
    over one after the other, in the order of their scenes: `handing_over`.
    """

    job: ClaimedJob
    render: Render
    script: Script
    orders: Mapping[int, ClipOrder]
    history: Mapping[int, list[Attempt]]
    round: int
    now: datetime
    folder: Path
    handing_over: asyncio.Lock = field(default_factory=asyncio.Lock)

    def next_step(self, scene: int, max_attempts: int) -> Step:
        """What the ledger says is next for a scene."""
        return next_step(
            self.history.get(scene, []), current_round=self.round, max_attempts=max_attempts
        )
