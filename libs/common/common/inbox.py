"""The inbox: an event is handled once in effect, however often it is delivered."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from common.db import Transaction
from common.models import InboxRow
from common.statements import prepare

_TAKE = prepare(insert(InboxRow).on_conflict_do_nothing().inline(), ["consumer_group", "event_id"])


async def first_time(tx: Transaction, group: str, event_id: UUID) -> bool:
    """Notes that `group` handles the event in this transaction; False when it already has.

    A second delivery that runs at the same moment waits here for the first one's commit.
    """
    return await tx.run(_TAKE, consumer_group=group, event_id=event_id) == 1
