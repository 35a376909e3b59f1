"""Use case: look at a property's photos before its film is planned, each photo once for ever."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from app.core.brief import Sight
from app.db import sights
from app.services.ports import Eye, OpenEye, PhotoUnreadable
from common.db import Database
from common.errors import DependencyUnavailable
from common.providers import ProviderError, ProviderFault
from contracts.asset import Asset, AssetType
from contracts.script import ScriptUsage

logger = structlog.get_logger(__name__)

#: Photos that are looked at at the same time.
_AT_A_TIME = 4


@dataclass(frozen=True, slots=True)
class View:
    """What was seen in photos, by asset id, and what it cost to look at the new ones."""

    sights: dict[UUID, Sight]
    usage: ScriptUsage | None


@dataclass(frozen=True, slots=True)
class Viewing:
    """Looks at photos, for at most `within_s` seconds a script.

    Seeing only helps: whatever fails, the script is written from what is known. A photo that is
    refused or cannot be decoded is passed over; any other failure ends the looking for this time.
    """

    database: Database
    open_eye: OpenEye
    within_s: float

    async def view(self, pictures: Sequence[Asset]) -> View:
        """What is known of the pictures, after looking at those that nobody has seen yet."""
        photos = {
            picture.sha256: picture
            for picture in pictures
            if picture.asset_type is AssetType.PHOTO and picture.sha256
        }
        async with self.database.connection() as queries:
            seen = await sights.known(queries, photos)
        eye = self.open_eye(self.within_s)
        unseen = [photo for sha256, photo in photos.items() if sha256 not in seen]
        seen |= await self._look_at(unseen, eye)
        by_id = {p.id: seen[p.sha256] for p in pictures if p.sha256 and p.sha256 in seen}
        return View(by_id, eye.usage)

    async def _look_at(self, photos: Sequence[Asset], eye: Eye) -> dict[str, Sight]:
        seen: dict[str, Sight] = {}
        waiting = list(photos)

        async def look() -> None:
            while waiting:
                photo = waiting.pop(0)
                try:
                    sight = await eye.see(photo)
                    await self._keep(photo, sight, eye)
                    seen[str(photo.sha256)] = sight
                except (ProviderError, PhotoUnreadable, DependencyUnavailable) as error:
                    logger.warning("photo_not_seen", asset_id=str(photo.id), reason=str(error))
                    if _ends_all(error):
                        waiting.clear()

        async with asyncio.TaskGroup() as lookers:
            for _ in range(min(_AT_A_TIME, len(photos))):
                lookers.create_task(look())
        return seen

    async def _keep(self, photo: Asset, sight: Sight, eye: Eye) -> None:
        async with self.database.transaction() as tx:
            await sights.keep(tx, str(photo.sha256), sight, model=eye.model)


def _ends_all(error: Exception) -> bool:
    """Whether the photos to come would meet the same failure."""
    if isinstance(error, ProviderError):
        return error.fault is not ProviderFault.REFUSED
    return isinstance(error, DependencyUnavailable)
