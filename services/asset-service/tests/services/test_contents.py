"""What an upload leaves behind when something happens between its bytes and its row."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.media import Media
from app.services.contents import Contents
from app.services.discarding import Discarding
from app.services.shelf import Shelf
from app.services.spool import ReceivedFile
from common.errors import DependencyUnavailable, NotFoundError
from common.jobs import Jobs
from common.models import JobRow
from common.outbox import Outbox
from common.storage import Storage
from tests.support import Agency


@dataclass(frozen=True, slots=True)
class EventfulStorage(Storage):
    """A storage in which something happens as soon as a file has been stored."""

    happens: Callable[[], Awaitable[object]]

    async def take_file(self, key: str, source: Path) -> None:
        await Storage.take_file(self, key, source)
        await self.happens()


class Credulous:
    """An Inspector that takes everything for a photo."""

    async def inspect(self, file: Path) -> Media:  # noqa: ARG002 - the Protocol's
        return Media("image/jpeg", 4, 3)


@pytest.fixture
async def file(app: FastAPI) -> AsyncIterator[ReceivedFile]:
    async with app.state.spool.receiving() as incoming:
        await incoming.write(b"a photo")
        yield await incoming.finish()


async def replace(
    app: FastAPI,
    agency: Agency,
    asset_id: str,
    file: ReceivedFile,
    happens: Callable[[], Awaitable[object]],
) -> None:
    storage = EventfulStorage(agency.storage.store, agency.storage.local_root, happens)
    shelf = Shelf(storage, app.state.spool, Credulous())
    discarding = Discarding(Jobs(agency.database))
    await Contents(agency.database, Outbox(), shelf, discarding).replace(UUID(asset_id), file)


async def test_an_asset_that_is_deleted_meanwhile_leaves_no_bytes(
    app: FastAPI, agency: Agency, file: ReceivedFile
) -> None:
    asset_id = (await agency.create())["id"]

    async def deleted() -> None:
        assert (await agency.client.delete(f"/assets/{asset_id}")).status_code == 204

    with pytest.raises(NotFoundError):
        await replace(app, agency, asset_id, file, deleted)
    assert await agency.files() == set()


async def test_a_failure_after_storing_leaves_the_old_content(
    app: FastAPI, agency: Agency, file: ReceivedFile
) -> None:
    asset = await agency.uploaded(b"a document", asset_type="document")

    async def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await replace(app, agency, asset["id"], file, interrupted)
    assert await agency.files() == {asset["file_path"]}
    assert await agency.shown(asset["id"]) == asset


async def test_a_process_that_dies_after_storing_leaves_bytes_for_an_hour_only(
    app: FastAPI, agency: Agency, file: ReceivedFile
) -> None:
    asset_id = (await agency.create())["id"]

    async def an_hour_passes() -> None:
        jobs = Jobs(agency.database)
        assert len(await agency.files()) == 1
        async with agency.database.transaction() as tx:
            row = await tx.one(select(JobRow.subject_id))
            assert row is not None
            await jobs.hasten(tx, row["subject_id"])
        assert len(await agency.files()) == 0

    with pytest.raises(DependencyUnavailable, match="send it again"):
        await replace(app, agency, asset_id, file, an_hour_passes)
    assert (await agency.shown(asset_id))["content_status"] == "missing"
