"""Use cases: start a transcription, show one."""

from uuid import UUID

from app.core.transcriptions import new_transcription
from app.db import repository
from common.clock import utc_now
from common.db import Queries, Transaction
from common.errors import NotFoundError
from common.ids import new_id
from common.jobs import Jobs
from contracts.transcription import Transcription

#: The kind of the job that transcribes; its subject is the transcription.
TRANSCRIPTION_JOB = "transcription"


async def start(
    tx: Transaction, jobs: Jobs, *, poi_id: UUID, asset_id: UUID, provider: str
) -> Transcription:
    """Queues a transcription; whether the asset is fit for it, its job finds out."""
    transcription = new_transcription(
        new_id(), poi_id=poi_id, asset_id=asset_id, provider=provider, now=utc_now()
    )
    await repository.add(tx, transcription)
    await jobs.enqueue(tx, TRANSCRIPTION_JOB, transcription.id, {})
    return transcription


async def show(queries: Queries, transcription_id: UUID) -> Transcription:
    """The transcription; raises NotFoundError."""
    transcription = await repository.get(queries, transcription_id)
    if transcription is None:
        raise NotFoundError(f"there is no transcription {transcription_id}")
    return transcription
