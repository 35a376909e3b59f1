"""The job that transcribes: find the asset, fetch it, listen to it, tell what was said."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from pathlib import Path
from typing import Any

import structlog

from app.core.heard import Transcript
from app.core.transcriptions import FINISHED, Milestone, TranscriptionError, check_asset
from app.db import repository
from app.services.notes import JobNotes, change, locked
from app.services.ports import AssetSource, MediaProbe, Recording, Transcriber
from common.db import Transaction
from common.errors import DependencyUnavailable
from common.jobs import ClaimedJob, JobWaits
from common.outbox import Outbox
from common.providers import ProviderError, Remedy
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
        """Transcribes, or writes down why that cannot be; either ends the job.

        Raises DependencyUnavailable and JobWaits when waiting, or a person, can help.
        """
        transcription = await self._take_up(job)
        if transcription is None:
            return
        notes = JobNotes(job, self._transcriber.provider)
        try:
            transcript = await self._transcribe(transcription, notes)
        except TranscriptionError as reason:
            await self._fail(job, reason.problem)
        except ProviderError as error:
            await self._fail_or_wait(job, error)
        else:
            await self._complete(job, transcript, notes)

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
            progress = max(transcription.progress, Milestone.TAKEN_UP)
            running = {"status": TranscriptionStatus.RUNNING, "progress": progress, "error": None}
            return await change(tx, transcription, running)

    async def _transcribe(self, transcription: Transcription, notes: JobNotes) -> Transcript:
        self._transcriber.check_ready()
        asset = await self._assets.get(transcription.asset_id)
        check_asset(asset, transcription.poi_id)
        await notes.report(Milestone.ASSET_FOUND)
        with tempfile.TemporaryDirectory(prefix="recording-") as folder:
            recording = await self._open(asset, Path(folder) / "recording", notes)
            return await self._transcriber.transcribe(recording, notes)

    async def _open(self, asset: Asset, file: Path, notes: JobNotes) -> Recording | None:
        """The asset's recording, in `file`; None when the asset has no content."""
        if asset.content_status is ContentStatus.MISSING:
            return None
        if not await self._assets.fetch(asset.id, file):
            return None
        await notes.report(Milestone.CONTENT_FETCHED)
        recording = await self._probe.open(file)
        await notes.report(Milestone.MEDIA_PROBED)
        return recording

    async def _complete(self, job: ClaimedJob, transcript: Transcript, notes: JobNotes) -> None:
        result = {
            "status": TranscriptionStatus.COMPLETED,
            "progress": Milestone.COMPLETED,
            "language": transcript.language,
            "text": transcript.text,
            "segments": transcript.segments,
        }
        async with job.writing() as tx:
            await self._finish(tx, job, result, EventType.TRANSCRIPTION_COMPLETED)
            await notes.forget(tx)
        logger.info(
            "transcription_completed",
            transcription_id=str(job.subject_id),
            segments=len(transcript.segments),
            listened_s=transcript.listened_s,
            cost_usd=transcript.cost_usd and str(transcript.cost_usd),
        )

    async def _fail(self, job: ClaimedJob, problem: Problem) -> None:
        result = {"status": TranscriptionStatus.FAILED, "error": problem}
        async with job.writing() as tx:
            await self._finish(tx, job, result, EventType.TRANSCRIPTION_FAILED)
        logger.warning(
            "transcription_failed", transcription_id=str(job.subject_id), code=problem.code
        )

    async def _fail_or_wait(self, job: ClaimedJob, error: ProviderError) -> None:
        """Ends what the provider will never take; lets the rest wait, and users see for what."""
        problem = Problem(code=error.fault, detail=error.advice)
        if error.remedy is Remedy.NONE:
            await self._fail(job, problem)
            return
        async with job.writing() as tx:
            await change(tx, await locked(tx, job), {"error": problem})
        reason = f"{problem.code}: {problem.detail}"
        if error.retry_after_s is None:
            raise DependencyUnavailable(reason)
        logger.warning("transcription_waits", reason=reason, wait_s=ceil(error.retry_after_s))
        raise JobWaits(timedelta(seconds=error.retry_after_s))

    async def _finish(
        self, tx: Transaction, job: ClaimedJob, result: Mapping[str, Any], event_type: EventType
    ) -> None:
        """The result, its event and the end of the job, at once."""
        finished = await change(tx, await locked(tx, job), result)
        await self._outbox.add(tx, event_type, finished)
        await job.finish(tx)
