"""Use cases: the steps of a property's life."""

from types import MappingProxyType
from uuid import UUID

from app.core.workflow import check_transition
from app.services.pois import lock, save_as
from common.db import Transaction
from common.outbox import Outbox
from contracts.events import EventType
from contracts.poi import Poi, PoiStatus

_TOLD_AS = MappingProxyType(
    {
        PoiStatus.VALIDATED: EventType.POI_VALIDATED,
        PoiStatus.PUBLISHED: EventType.POI_PUBLISHED,
        PoiStatus.ARCHIVED: EventType.POI_ARCHIVED,
    }
)


async def advance(tx: Transaction, outbox: Outbox, poi_id: UUID, wanted: PoiStatus) -> Poi:
    """Moves the property to its next state; raises NotFoundError and WorkflowError."""
    poi = await lock(tx, poi_id)
    check_transition(poi.status, wanted)
    return await save_as(tx, outbox, _TOLD_AS[wanted], poi, {"status": wanted})
