"""Statements on who has a text spoken: of all films in the making, one at a time.

A claim is let go once the speech is kept. One that is left behind by a process that died runs out
by the database's clock, and goes with the next that is let go.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Interval, bindparam, delete, func, or_
from sqlalchemy.dialects.postgresql import insert

from app.db.models import SpeechClaimRow
from common.db import Queries
from common.statements import prepare

_ROW = SpeechClaimRow
_claimed = insert(_ROW).values(
    key=bindparam("key"),
    owner=bindparam("owner"),
    expires_at=func.now() + bindparam("lease", type_=Interval),
)
_TAKE = prepare(
    _claimed.on_conflict_do_update(
        index_elements=[_ROW.key],
        set_={"owner": _claimed.excluded.owner, "expires_at": _claimed.excluded.expires_at},
        where=_ROW.expires_at <= func.now(),
    )
)
_LET_GO = prepare(
    delete(_ROW).where(
        or_(
            (_ROW.key == bindparam("our_key")) & (_ROW.owner == bindparam("our_owner")),
            _ROW.expires_at <= func.now(),
        )
    )
)


async def take(queries: Queries, key: str, owner: UUID, lease: timedelta) -> bool:
    """Claims a text; False while it is another's."""
    return await queries.run(_TAKE, key=key, owner=owner, lease=lease) == 1


async def let_go(queries: Queries, key: str, owner: UUID) -> None:
    """Ends a claim, and those that have run out."""
    await queries.run(_LET_GO, our_key=key, our_owner=owner)
