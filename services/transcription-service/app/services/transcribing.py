"""The job that transcribes: find the asset, fetch it, listen to it, tell what was said."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from app.core.transcriptions import (
    FINISHED,
    Milestone,
    TranscriptionError,
    check_asset,
    progress_while_transcribing,
)
from app.db import repository
from app.services.ports import AssetSource, MediaProbe, Recording, Transcriber, Transcript
from common.clock import utc_now
from common.db import Transaction
from common.jobs import ClaimedJob
from common.outbox import Outbox
from contracts.asset import Asset, ContentStatus
from contracts.base import Problem
from contracts.events import EventType
from contracts.transcription import Transcription, TranscriptionStatus

logger = structlog.get_logger(__name__)


class TranscriptionJob:
    """Does one transcription (`common.workers.JobHandler`).

    Every write is under the job's lease, so a worker that lost it changes nothing; the result,
    its event and the end of the job are one transaction, so each job has one terminal event.
    """

    def __init__(
        self, assets: AssetSource, probe: MediaProbe, transcriber: Transcriber, outbox: Outbox
    ) -> None:
        self._assets = assets
        self._probe = probe
        self._transcriber = transcriber
        self._outbox = outbox

    async def run(self, job: ClaimedJob) -> None:
        """Transcribes, or writes down why that cannot be; either ends the job."""
        transcription = await self._take_up(job)
        if transcription is None:
            return
        try:
            transcript = await self._transcribe(job, transcription)
        except TranscriptionError as reason:
            await self._fail(job, reason.problem)
        else:
            await self._complete(job, transcript)

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        """Writes an unforeseen failure down."""
        await self._fail(job, problem)

    async def _take_up(self, job: ClaimedJob) -> Transcription | None:
        """Marks the transcription as running; None, and no job any more, when it is finished."""
        async with job.writing() as tx:
            transcription = await repository.get_for_update(tx, job.subject_id)
            if transcription is None or transcription.status in FINISHED:
                await job.finish(tx)
                return None
            running = {"status": TranscriptionStatus.RUNNING, "progress": Milestone.TAKEN_UP}
            return await _change(tx, transcription, running)

    async def _transcribe(self, job: ClaimedJob, transcription: Transcription) -> Transcript:
        asset = await self._assets.get(transcription.asset_id)
        check_asset(asset, transcription.poi_id)
        await _report(job, Milestone.ASSET_FOUND)

        async def progress(share: float) -> None:
            await _report(job, progress_while_transcribing(share))

        with tempfile.TemporaryDirectory(prefix="recording-") as folder:
            recording = await self._open(job, asset, Path(folder) / "recording")
            return await self._transcriber.transcribe(recording, progress)

    async def _open(self, job: ClaimedJob, asset: Asset, file: Path) -> Recording | None:
        """The asset's recording, in `file`; None when the asset has no content."""
        if asset.content_status is ContentStatus.MISSING:
            return None
        if not await self._assets.fetch(asset.id, file):
            return None
        await _report(job, Milestone.CONTENT_FETCHED)
        recording = await self._probe.open(file)
        await _report(job, Milestone.MEDIA_PROBED)
        return recording

    async def _complete(self, job: ClaimedJob, transcript: Transcript) -> None:
        result = {
            "status": TranscriptionStatus.COMPLETED,
            "progress": Milestone.COMPLETED,
            "language": transcript.language,
            "text": transcript.text,
            "segments": transcript.segments,
        }
        await self._finish(job, result, EventType.TRANSCRIPTION_COMPLETED)
        logger.info(
            "transcription_completed",
            transcription_id=str(job.subject_id),
            segments=len(transcript.segments),
        )

    async def _fail(self, job: ClaimedJob, problem: Problem) -> None:
        result = {"status": TranscriptionStatus.FAILED, "error": problem}
        await self._finish(job, result, EventType.TRANSCRIPTION_FAILED)
        logger.warning(
            "transcription_failed", transcription_id=str(job.subject_id), code=problem.code
        )

    async def _finish(
        self, job: ClaimedJob, result: Mapping[str, Any], event_type: EventType
    ) -> None:
        """The result, its event and the end of the job, at once."""
        async with job.writing() as tx:
            transcription = await _locked(tx, job)
            finished = await _change(tx, transcription, result)
            await self._outbox.add(tx, event_type, finished)
            await job.finish(tx)


async def _report(job: ClaimedJob, progress: int) -> None:
    """Writes progress down; it never goes back, also not in a second attempt."""
    async with job.writing() as tx:
        transcription = await _locked(tx, job)
        if progress > transcription.progress:
            await _change(tx, transcription, {"progress": progress})


async def _locked(tx: Transaction, job: ClaimedJob) -> Transcription:
    transcription = await repository.get_for_update(tx, job.subject_id)
    if transcription is None:
        raise LookupError(f"transcription {job.subject_id} has a job and no row")
    return transcription


async def _change(
    tx: Transaction, transcription: Transcription, changes: Mapping[str, Any]
) -> Transcription:
    now = utc_now()
    ended = changes.get("status") in FINISHED
    times = {"updated_at": now, "completed_at": now if ended else None}
    changed = transcription.model_copy(update={**changes, **times})
    await repository.save(tx, changed)
    return changed
