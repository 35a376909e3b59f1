"""What is looked after in the background: files that turn up late, uploads that were abandoned."""

import asyncio
import time
from datetime import timedelta
from uuid import UUID

import structlog

from app.db import repository
from app.services.assets import Assets
from app.services.shelf import Shelf
from app.services.spool import Spool
from common.backoff import wait_until
from common.db import Database
from common.errors import AppError, DependencyUnavailable
from contracts.asset import Asset

logger = structlog.get_logger(__name__)

_PAGE = 200

#: After a round the caretaker rests so many times as long as it took, however much there is to do.
_REST = 20


class Caretaker:
    """Gives assets the content that they refer to once it is there (`common.background`).

    A file that is being copied grows: one is only looked at when it has kept its size since the
    round before, and one that was refused only when its size has changed since.
    """

    name = "caretaker"

    def __init__(
        self, database: Database, shelf: Shelf, assets: Assets, spool: Spool, *, every: timedelta
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._assets = assets
        self._spool = spool
        self._every = every
        self._sizes: dict[UUID, int] = {}
        self._refused: dict[UUID, int] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Makes its rounds until `stop` is set."""
        while not stop.is_set():
            started = time.monotonic()
            try:
                await self.make_round()
            except DependencyUnavailable as error:
                logger.warning("caretaker_waits", reason=error.detail)
            took = time.monotonic() - started
            await wait_until(stop, max(self._every.total_seconds(), took * _REST))

    async def make_round(self) -> None:
        """Looks once at every file that assets refer to and that was not there before."""
        if abandoned := await asyncio.to_thread(self._spool.sweep):
            logger.info("abandoned_uploads_deleted", files=abandoned)
        sizes: dict[UUID, int] = {}
        before: UUID | None = None
        while page := await self._missing(before):
            for asset in page:
                await self._look_at(asset, sizes)
            before = page[-1].id
        self._sizes = sizes
        self._refused = {of: size for of, size in self._refused.items() if sizes.get(of) == size}

    async def _missing(self, before: UUID | None) -> list[Asset]:
        async with self._database.connection() as queries:
            return await repository.find_missing(queries, before=before, limit=_PAGE)

    async def _look_at(self, asset: Asset, sizes: dict[UUID, int]) -> None:
        try:
            size = asset.file_path and await self._shelf.size_at(asset.file_path)
            if not size:
                return
            sizes[asset.id] = size
            if self._sizes.get(asset.id) == size and self._refused.get(asset.id) != size:
                await self._assets.look_again(asset)
                logger.info("content_found", asset_id=str(asset.id), file_path=asset.file_path)
        except DependencyUnavailable:
            raise
        except AppError as refusal:
            if size := sizes.get(asset.id):
                self._refused[asset.id] = size
                logger.warning(
                    "content_refused",
                    asset_id=str(asset.id),
                    file_path=asset.file_path,
                    reason=refusal.detail,
                )
