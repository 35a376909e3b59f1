"""Use case: keep what was said on a walk-through, for the scripts to come."""

from app.db import transcripts
from common.db import Transaction
from contracts.transcription import Transcription, TranscriptionStatus

#: The local transcriber recognises nothing, and its text says only that.
_RECOGNISES_NOTHING = "stub"


async def keep_transcript(tx: Transaction, transcription: Transcription) -> None:
    """Keeps the text of a completed transcription, if speech was recognised at all."""
    if transcription.status is not TranscriptionStatus.COMPLETED:
        return
    if transcription.provider == _RECOGNISES_NOTHING or not (transcription.text or "").strip():
        return
    await transcripts.keep(
        tx,
        asset_id=transcription.asset_id,
        poi_id=transcription.poi_id,
        text=transcription.text or "",
        completed_at=transcription.completed_at or transcription.updated_at,
    )
