"""Statements on what replicas tell one another about the provider of clips.

Its row is also the lock under which paid calls are admitted, so that two replicas never both find
the last credits of a budget, or the last free place.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Double, Interval, bindparam, cast, func, null, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db.models import ProviderQueueRow
from common.db import Queries, Transaction
from common.statements import prepare
from contracts.base import Problem

PROVIDER = "runway"

_ROW = ProviderQueueRow
_OURS = _ROW.provider == PROVIDER
_COLUMNS = (
    cast(func.extract("epoch", _ROW.resume_at - func.now()), Double).label("wait_s"),
    _ROW.held,
    _ROW.strikes,
    _ROW.stopped,
    _ROW.max_concurrent,
    cast(func.extract("epoch", func.now() - _ROW.limits_at), Double).label("limits_age_s"),
)
_READ = prepare(select(*_COLUMNS).where(_OURS))
_LOCK = prepare(select(*_COLUMNS).where(_OURS).with_for_update())
_BE_THERE = prepare(insert(_ROW).values(provider=PROVIDER).on_conflict_do_nothing().inline())
_HOLD = prepare(
    update(_ROW)
    .where(_OURS)
    .values(
        resume_at=func.greatest(_ROW.resume_at, func.now() + bindparam("delay", type_=Interval)),
        held=bindparam("problem", type_=_ROW.held.type),
        strikes=_ROW.strikes + 1,
    )
)
_FORGIVE = prepare(update(_ROW).where(_OURS, _ROW.strikes > 0).values(strikes=0))
_STOP = prepare(
    update(_ROW)
    .where(_OURS)
    .values(
        stopped=bindparam("problem", type_=_ROW.stopped.type),
        resume_at=func.now() + bindparam("delay", type_=Interval),
    )
)
_RESTART = prepare(update(_ROW).where(_OURS).values(stopped=null(), resume_at=null(), strikes=0))
_KEEP_LIMITS = prepare(
    update(_ROW).where(_OURS).values(max_concurrent=bindparam("most"), limits_at=func.now())
)


@dataclass(frozen=True, slots=True)
class ProviderQueue:
    """Whether the provider may be called: not for `wait_s` seconds, as it was `held` for a reason,
    nor while it is stopped.

    `strikes` refusals came in a row. `limits_age_s` is how old `max_concurrent` is, None when it
    was never asked.
    """

    wait_s: float = 0.0
    held: Problem | None = None
    strikes: int = 0
    stopped: Problem | None = None
    max_concurrent: int | None = None
    limits_age_s: float | None = None

    @property
    def waits_for(self) -> Problem | None:
        """What has to pass, or be done, before the provider is called again."""
        return self.stopped or (self.held if self.wait_s > 0 else None)


async def read(queries: Queries) -> ProviderQueue:
    """How things stand."""
    return _queue(await queries.one(_READ))


async def lock(tx: Transaction) -> ProviderQueue:
    """How things stand; nobody else admits a call until the transaction ends."""
    await tx.run(_BE_THERE)
    return _queue(await tx.one(_LOCK))


async def hold(tx: Transaction, problem: Problem, delay: timedelta) -> None:
    """Nobody calls for so long, or longer when that was agreed before."""
    await tx.run(_HOLD, problem=problem.model_dump(), delay=delay)


async def forgive(tx: Transaction) -> None:
    """A call went through: the next refusal is a first one again."""
    await tx.run(_FORGIVE)


async def stop(tx: Transaction, problem: Problem, *, look_after: timedelta) -> None:
    """Nobody calls until the account is in order; it is looked at after so long."""
    await tx.run(_STOP, problem=problem.model_dump(), delay=look_after)


async def restart(tx: Transaction) -> None:
    """The account is in order."""
    await tx.run(_RESTART)


async def keep_limits(tx: Transaction, max_concurrent: int | None) -> None:
    """Notes what the account allows at once."""
    await tx.run(_KEEP_LIMITS, most=max_concurrent)


def _queue(row: dict[str, Any] | None) -> ProviderQueue:
    if row is None:
        return ProviderQueue()
    return ProviderQueue(
        wait_s=max(row["wait_s"] or 0.0, 0.0),
        held=row["held"] and Problem.model_validate(row["held"]),
        strikes=row["strikes"],
        stopped=row["stopped"] and Problem.model_validate(row["stopped"]),
        max_concurrent=row["max_concurrent"],
        limits_age_s=row["limits_age_s"],
    )
