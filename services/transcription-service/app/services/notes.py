"""What a transcription's job writes down while it works, always under its lease."""

from collections.abc import Mapping
from typing import Any

from app.core.heard import Heard
from app.core.transcriptions import FINISHED, progress_while_transcribing
from app.db import heard as pieces
from app.db import repository
from common.clock import utc_now
from common.db import Transaction
from common.jobs import ClaimedJob
from contracts.transcription import Transcription


class JobNotes:
    """The notes of one job (`ports.Notes`)."""

    def __init__(self, job: ClaimedJob, provider: str) -> None:
        self._job = job
        self._provider = provider
        self._used: list[str] = []

    async def progress(self, share: float) -> None:
        """So much of the recording is transcribed."""
        await self.report(progress_while_transcribing(share))

    async def report(self, progress: int) -> None:
        """Writes progress in percent down; it never goes back, also not in a second attempt."""
        async with self._job.writing() as tx:
            transcription = await locked(tx, self._job)
            if progress > transcription.progress:
                await change(tx, transcription, {"progress": progress})

    async def recall(self, audio_sha256: str, model: str) -> Heard | None:
        """What this or an earlier job of the same recording has heard in that audio."""
        self._used.append(audio_sha256)
        async with self._job.database.connection() as queries:
            return await pieces.recall(queries, audio_sha256, provider=self._provider, model=model)

    async def keep(self, audio_sha256: str, model: str, heard: Heard) -> None:
        """Writes down what was heard, before the next piece is sent."""
        async with self._job.writing() as tx:
            await pieces.keep(tx, audio_sha256, heard, provider=self._provider, model=model)

    async def forget(self, tx: Transaction) -> None:
        """Removes the pieces: the transcript holds them now."""
        await pieces.forget(tx, self._used)


async def locked(tx: Transaction, job: ClaimedJob) -> Transcription:
    """The job's transcription, locked until the transaction ends."""
    transcription = await repository.get_for_update(tx, job.subject_id)
    if transcription is None:
        raise LookupError(f"transcription {job.subject_id} has a job and no row")
    return transcription


async def change(
    tx: Transaction, transcription: Transcription, changes: Mapping[str, Any]
) -> Transcription:
    """Writes changes of a transcription, and when they were made."""
    now = utc_now()
    ended = changes.get("status") in FINISHED
    times = {"updated_at": now, "completed_at": now if ended else None}
    changed = transcription.model_copy(update={**changes, **times})
    await repository.save(tx, changed)
    return changed
