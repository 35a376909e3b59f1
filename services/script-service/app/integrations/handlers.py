"""The events that script-service consumes, and what it does with each."""

from app.services.listening import keep_transcript
from common.db import Transaction
from common.kafka.handling import Handlers
from common.kafka.records import Event
from contracts.events import EventType
from contracts.transcription import Transcription


async def transcription_completed(tx: Transaction, event: Event[Transcription]) -> None:
    """What was said feeds the next script."""
    await keep_transcript(tx, event.payload)


def event_handlers() -> Handlers:
    """The table: event type → function of the event's own transaction."""
    return {EventType.TRANSCRIPTION_COMPLETED: transcription_completed}
