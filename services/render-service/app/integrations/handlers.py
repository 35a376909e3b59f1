"""The events that render-service consumes, and what it does with each."""

from app.core.renders import Mode
from app.services.ordering import order_film
from common.db import Transaction
from common.jobs import Jobs
from common.kafka.handling import Handlers
from common.kafka.records import Event
from contracts.events import EventType
from contracts.render import RenderProfile
from contracts.script import Script


def event_handlers(jobs: Jobs, profile: RenderProfile, mode: Mode) -> Handlers:
    """The table: event type → function of the event's own transaction."""

    async def script_generated(tx: Transaction, event: Event[Script]) -> None:
        await order_film(tx, jobs, event.payload, profile, mode)

    return {EventType.SCRIPT_GENERATED: script_generated}
