"""Bytes that no asset needs any more: deleted by a job, so that none is left behind by a crash.

The order is given in the transaction that makes them superfluous. An upload's bytes are stored
before the transaction that needs them: their order is given first, for an hour later, and is
cancelled by that transaction. Whoever holds the job's row decides: the transaction fails when the
job has gone before it, and the job does nothing when the asset has come to refer to the bytes.
"""

from datetime import timedelta
from uuid import UUID

import structlog

from app.core.paths import own_key, storage_key
from app.db import repository
from common.db import Transaction
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.jobs import ClaimedJob, Jobs
from common.storage import Storage
from contracts.asset import Asset
from contracts.base import Problem

logger = structlog.get_logger(__name__)

#: The kind of the job that deletes bytes.
DISCARD_JOB = "discard_content"

#: How long storing an upload may take; far beyond what any does.
_IN_FLIGHT = timedelta(hours=1)


class Discarding:
    """Gives and cancels orders to delete bytes."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    async def order(self, tx: Transaction, asset: Asset) -> None:
        """Has the asset's uploaded bytes deleted once `tx` is committed, if it has any."""
        if key := own_key(asset.id, asset.file_path):
            await self._order(tx, new_id(), asset.id, key, timedelta(0))

    async def order_unless_kept(
        self, tx: Transaction, upload_id: UUID, asset_id: UUID, key: str
    ) -> None:
        """Has an upload's bytes deleted unless `keep` is called for it in time."""
        await self._order(tx, upload_id, asset_id, key, _IN_FLIGHT)

    async def keep(self, tx: Transaction, upload_id: UUID) -> None:
        """Cancels the order; raises DependencyUnavailable when it has been carried out already."""
        if not await self._jobs.cancel(tx, upload_id):
            raise DependencyUnavailable("storing the file took too long: send it again")

    async def hasten(self, tx: Transaction, upload_id: UUID) -> None:
        """Has the order carried out now, unless it was cancelled."""
        await self._jobs.hasten(tx, upload_id)

    async def _order(
        self, tx: Transaction, subject_id: UUID, asset_id: UUID, key: str, delay: timedelta
    ) -> None:
        payload = {"asset_id": str(asset_id), "key": key}
        await self._jobs.enqueue(tx, DISCARD_JOB, subject_id, payload, delay=delay)


class DiscardJob:
    """Deletes bytes (`common.workers.JobHandler`)."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def run(self, job: ClaimedJob) -> None:
        """Deletes what the job names, unless its asset refers to it."""
        asset_id, key = UUID(job.payload["asset_id"]), job.payload["key"]
        async with job.writing() as tx:
            asset = await repository.get_for_update(tx, asset_id)
            if asset is None or not asset.file_path or storage_key(asset.file_path) != key:
                await self._storage.delete(key)
            await job.finish(tx)

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        """Leaves the bytes where they are, and says so."""
        logger.error("content_not_discarded", key=job.payload["key"], reason=problem.detail)
        async with job.writing() as tx:
            await job.finish(tx)
