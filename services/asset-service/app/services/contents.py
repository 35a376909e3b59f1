"""Use cases: store an asset's bytes, and find them again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog

from app.core.content import Content
from app.core.draft import AssetDraft
from app.core.fitting import check_fits
from app.core.paths import upload_key
from app.services import assets
from app.services.discarding import Discarding
from app.services.shelf import Shelf
from app.services.spool import ReceivedFile
from common.db import Database, Transaction
from common.errors import DependencyUnavailable, NotFoundError, WorkflowError
from common.ids import new_id
from common.outbox import Outbox
from contracts.asset import Asset, ContentStatus

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Upload:
    """Bytes in the storage that no asset refers to yet."""

    id: UUID
    key: str


class Contents:
    """Takes files for assets, whole or not at all.

    Bytes are looked into first, then stored under a key of their own, then referred to in the
    transaction that writes the asset and its event; whatever fails in between, they are deleted.
    Of two uploads for one asset the later commit counts, and the other's bytes are deleted.
    """

    def __init__(
        self, database: Database, outbox: Outbox, shelf: Shelf, discarding: Discarding
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._shelf = shelf
        self._discarding = discarding

    async def add(self, draft: AssetDraft, file: ReceivedFile, *, file_name: str) -> Asset:
        """A new asset with this file as its content.

        Raises UnsupportedMediaType, Unprocessable and DependencyUnavailable.
        """
        content = await self._shelf.examine(file)
        check_fits(draft.asset_type, content.media.media_type)
        asset_id = new_id()
        fields = {**dict(draft), "room": draft.shown_room(file_name), **content.shown()}
        async with self._stored(asset_id, file, content) as upload, self._taking(upload) as tx:
            fields["file_path"] = upload.key
            return await assets.add(tx, self._outbox, asset_id, fields)

    async def show(self, asset_id: UUID) -> Asset:
        """The asset; raises NotFoundError."""
        async with self._database.connection() as queries:
            return await assets.show(queries, asset_id)

    async def replace(self, asset_id: UUID, file: ReceivedFile) -> Asset:
        """The asset with this file as its content, instead of what it had.

        Raises NotFoundError, UnsupportedMediaType, Unprocessable and DependencyUnavailable.
        """
        content = await self._shelf.examine(file)
        check_fits((await self.show(asset_id)).asset_type, content.media.media_type)
        async with self._stored(asset_id, file, content) as upload, self._taking(upload) as tx:
            asset = await assets.lock(tx, asset_id)
            check_fits(asset.asset_type, content.media.media_type)
            await self._discarding.order(tx, asset)
            changes = {**content.shown(), "file_path": upload.key}
            return await assets.save(tx, self._outbox, asset, changes)

    async def locate(self, asset_id: UUID) -> tuple[Asset, str]:
        """The asset, and the key of its bytes.

        Raises NotFoundError, also `content_missing`, and WorkflowError `content_changed`.
        """
        asset = await self.show(asset_id)
        if asset.content_status is ContentStatus.MISSING or asset.file_path is None:
            raise NotFoundError("the asset has no content yet", code="content_missing")
        key = await self._shelf.key_of(asset.file_path)
        size = await self._shelf.storage.size(key)
        if size is None:
            raise NotFoundError(
                f"the file at {asset.file_path} is not there any more", code="content_missing"
            )
        if size != asset.size_bytes:
            raise WorkflowError(
                f"the file at {asset.file_path} is another one by now: PATCH the asset's"
                " file_path, to have it looked at again",
                code="content_changed",
            )
        return asset, key

    @asynccontextmanager
    async def _stored(
        self, asset_id: UUID, file: ReceivedFile, content: Content
    ) -> AsyncIterator[_Upload]:
        """The file in the storage; deleted again when the block fails."""
        upload_id = new_id()
        upload = _Upload(upload_id, upload_key(asset_id, upload_id, content.media.extension))
        async with self._database.transaction() as tx:
            await self._discarding.order_unless_kept(tx, upload.id, asset_id, upload.key)
        try:
            await self._shelf.storage.take_file(upload.key, file.path)
            yield upload
        except BaseException:
            await asyncio.shield(self._take_back(upload))
            raise

    @asynccontextmanager
    async def _taking(self, upload: _Upload) -> AsyncIterator[Transaction]:
        """The transaction that makes an asset refer to the upload."""
        async with self._database.transaction() as tx:
            await self._discarding.keep(tx, upload.id)
            yield tx

    async def _take_back(self, upload: _Upload) -> None:
        """Has the bytes deleted now, unless their transaction was committed after all."""
        try:
            async with self._database.transaction() as tx:
                await self._discarding.hasten(tx, upload.id)
        except DependencyUnavailable as error:  # then it happens an hour later
            logger.warning("upload_not_taken_back", key=upload.key, reason=error.detail)
