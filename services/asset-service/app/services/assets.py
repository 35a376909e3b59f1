"""Use cases: register, show, change and remove an asset."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from app.core.content import NO_CONTENT, Content
from app.core.draft import AssetDraft
from app.core.fitting import check_fits
from app.core.paths import own_key
from app.db import repository
from app.services.discarding import Discarding
from app.services.shelf import Shelf
from common.clock import utc_now
from common.db import Database, Queries, Transaction
from common.errors import NotFoundError, PreconditionFailed, WorkflowError
from common.ids import new_id
from common.merge_patch import merge_patch
from common.outbox import Outbox
from contracts.asset import Asset, ContentStatus
from contracts.events import EventType


def version(asset: Asset) -> int:
    """What tells a state of an asset from those before it: the microsecond of its last change."""
    return round(asset.updated_at.timestamp() * 1_000_000)


async def show(queries: Queries, asset_id: UUID) -> Asset:
    """The asset; raises NotFoundError."""
    return _found(await repository.get(queries, asset_id), asset_id)


async def lock(tx: Transaction, asset_id: UUID) -> Asset:
    """The asset, kept from others until the transaction ends; raises NotFoundError."""
    return _found(await repository.get_for_update(tx, asset_id), asset_id)


async def add(tx: Transaction, outbox: Outbox, asset_id: UUID, fields: dict[str, Any]) -> Asset:
    """A new asset, told as created."""
    now = utc_now()
    asset = Asset(id=asset_id, created_at=now, updated_at=now, **{**NO_CONTENT, **fields})
    await repository.add(tx, asset)
    await outbox.add(tx, EventType.ASSET_CREATED, asset)
    return asset


async def save(tx: Transaction, outbox: Outbox, asset: Asset, changes: dict[str, Any]) -> Asset:
    """The asset with `changes`, written and told as updated."""
    touched = max(utc_now(), asset.updated_at + timedelta(microseconds=1))
    changed = asset.model_copy(update={**changes, "updated_at": touched})
    await repository.save(tx, changed)
    await outbox.add(tx, EventType.ASSET_UPDATED, changed)
    return changed


class Assets:
    """The use cases that look at the files that assets refer to, or let go of them."""

    def __init__(
        self, database: Database, outbox: Outbox, shelf: Shelf, discarding: Discarding
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._shelf = shelf
        self._discarding = discarding

    async def register(self, draft: AssetDraft) -> Asset:
        """A new asset, with the content that its `file_path` refers to, if that is there.

        Raises what `Shelf.content_at` raises, and UnsupportedMediaType for content that its type
        does not take.
        """
        content = await self._content_at(draft.file_path)
        fields = _as_given(draft) | _as_found(draft, content)
        async with self._database.transaction() as tx:
            return await add(tx, self._outbox, new_id(), fields)

    async def change(
        self,
        asset_id: UUID,
        patch: dict[str, JsonValue],
        *,
        expected_versions: frozenset[int] | None,
    ) -> Asset:
        """Applies a merge patch; one that changes nothing writes and tells nothing.

        A patch that names `file_path` has the file looked at, also when the path stays the same.
        `expected_versions` are those that the caller may have seen, None when it does not say.
        Raises NotFoundError, PreconditionFailed, WorkflowError `content_changed`, what `register`
        raises, and pydantic's ValidationError for a result that breaks a rule.
        """
        async with self._database.connection() as queries:
            draft = _patched(await show(queries, asset_id), patch)
        content = await self._content_at(draft.file_path) if "file_path" in patch else None
        async with self._database.transaction() as tx:
            asset = await lock(tx, asset_id)
            if expected_versions is not None and version(asset) not in expected_versions:
                raise PreconditionFailed("the asset has changed: read it again before changing it")
            draft = _patched(asset, patch)
            changes = _as_given(draft)
            if "file_path" in patch:
                await self._check_unchanged(draft.file_path, content)
                changes |= _as_found(draft, content)
            elif asset.content_status is ContentStatus.AVAILABLE and asset.mime_type:
                check_fits(draft.asset_type, asset.mime_type)
                changes["mime_type"] = asset.mime_type
            if asset.model_copy(update=changes) == asset:
                return asset
            if own_key(asset_id, asset.file_path) != own_key(asset_id, draft.file_path):
                await self._discarding.order(tx, asset)
            return await save(tx, self._outbox, asset, changes)

    async def look_again(self, asset: Asset) -> Asset:
        """Has the file that an asset refers to looked at, as a patch that names it does."""
        patch: dict[str, JsonValue] = {"file_path": asset.file_path}
        return await self.change(asset.id, patch, expected_versions=None)

    async def remove(self, asset_id: UUID) -> None:
        """Deletes the asset and what was uploaded for it; raises NotFoundError."""
        async with self._database.transaction() as tx:
            asset = await lock(tx, asset_id)
            await repository.remove(tx, asset_id)
            await self._outbox.add(tx, EventType.ASSET_DELETED, asset)
            await self._discarding.order(tx, asset)

    async def _content_at(self, file_path: str | None) -> Content | None:
        return None if file_path is None else await self._shelf.content_at(file_path)

    async def _check_unchanged(self, file_path: str | None, content: Content | None) -> None:
        """Raises WorkflowError when the file has gone, or grown, since it was looked at.

        What is an asset's own only goes under the asset's lock.
        """
        if file_path is None or content is None:
            return
        if await self._shelf.size_at(file_path) != content.size_bytes:
            raise WorkflowError(
                f"the file at {file_path} changed while it was looked at: try again",
                code="content_changed",
            )


def _patched(asset: Asset, patch: dict[str, JsonValue]) -> AssetDraft:
    before = AssetDraft.of(asset).model_dump(mode="json")
    return AssetDraft.model_validate(merge_patch(before, patch))


def _as_given(draft: AssetDraft) -> dict[str, Any]:
    """The fields of an asset that come from its draft."""
    file_names = [PurePosixPath(draft.file_path).name] if draft.file_path else []
    return {**dict(draft), "room": draft.shown_room(*file_names)}


def _as_found(draft: AssetDraft, content: Content | None) -> dict[str, Any]:
    """The fields that come from the file; raises UnsupportedMediaType when it does not fit."""
    if content is None:
        return dict(NO_CONTENT)
    check_fits(draft.asset_type, content.media.media_type)
    return content.shown()


def _found(asset: Asset | None, asset_id: UUID) -> Asset:
    if asset is None:
        raise NotFoundError(f"there is no asset {asset_id}")
    return asset
