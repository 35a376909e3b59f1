"""Statements on the ledger of paid attempts (`core.ledger` has its invariants).

Lock order: a scene's row before its attempts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, cast, func, insert, select, update

from app.core.clips import ClipOrder
from app.core.failures import FAILURES, Remedy
from app.core.ledger import Attempt, AttemptState, Spent
from app.core.renders import StoredFile
from app.db.models import AttemptRow, RenderRow
from common.clock import utc_now
from common.db import Queries, Transaction
from common.ids import new_id
from common.listings import newest_first
from common.statements import prepare
from contracts.base import Resource
from contracts.render import RenderStatus

_SHOWN = [AttemptRow.__table__.c[name] for name in Attempt.model_fields]
_CREDITS = func.coalesce(AttemptRow.charged_credits, AttemptRow.estimated_credits)
_RESUMABLE = [code for code, failure in FAILURES.items() if failure.remedy is Remedy.RESUME]

_OF_RENDER = prepare(
    select(*_SHOWN)
    .where(AttemptRow.render_id == bindparam("render_id"))
    .order_by(AttemptRow.scene_index, AttemptRow.id)
)
_BY_ID = prepare(select(*_SHOWN).where(AttemptRow.id == bindparam("attempt_id")))
_KEY = ("id", "render_id", "scene_index", "round")
_ADD = prepare(
    insert(AttemptRow).returning(*_SHOWN),
    [*_KEY, "state", "model", "ratio", "duration_s", "photo_sha256", "estimated_credits"],
)
_SPENT = prepare(
    select(
        func.coalesce(
            func.sum(_CREDITS).filter(AttemptRow.render_id == bindparam("render_id")), 0.0
        ).label("render"),
        func.coalesce(
            func.sum(_CREDITS).filter(AttemptRow.created_at >= func.date_trunc("day", func.now())),
            0.0,
        ).label("day"),
    ).where(
        (AttemptRow.render_id == bindparam("render_id"))
        | (AttemptRow.created_at >= func.date_trunc("day", func.now()))
    )
)
_RUNNING = prepare(
    select(func.count())
    .select_from(AttemptRow)
    .join(RenderRow, RenderRow.id == AttemptRow.render_id)
    .where(
        AttemptRow.state.in_([AttemptState.INTENT, AttemptState.SUBMITTED]),
        RenderRow.status.in_([RenderStatus.QUEUED, RenderStatus.RUNNING]),
    )
)
_NO_RENDER = UUID(int=0)
_NOW = prepare(select(func.now().label("now")))


@dataclass(frozen=True, slots=True)
class AttemptFilter:
    """Which attempts to list; None means any."""

    render_id: UUID | None = None
    state: AttemptState | None = None


class DaySpending(Resource):
    """What the attempts of a day (UTC) cost: as estimated before, and as charged where known.

    `counted` is what the day's cap sees: the charge, or the estimate while there is none.
    """

    day: date
    attempts: int
    estimated_credits: float
    charged_credits: float
    counted_credits: float


async def of_render(queries: Queries, render_id: UUID) -> dict[int, list[Attempt]]:
    """Every attempt by scene, oldest first."""
    found: dict[int, list[Attempt]] = {}
    for row in await queries.all(_OF_RENDER, render_id=render_id):
        found.setdefault(row["scene_index"], []).append(Attempt.model_validate(row))
    return found


async def get(queries: Queries, attempt_id: UUID) -> Attempt | None:
    """One attempt, or None."""
    row = await queries.one(_BY_ID, attempt_id=attempt_id)
    return None if row is None else Attempt.model_validate(row)


async def find(
    queries: Queries, wanted: AttemptFilter, *, before: UUID | None, limit: int
) -> list[Attempt]:
    """Attempts that fit, newest first, of those older than the one with id `before`."""
    statement = newest_first(
        _SHOWN,
        AttemptRow.id,
        only={AttemptRow.render_id: wanted.render_id, AttemptRow.state: wanted.state},
        before=before,
        limit=limit,
    )
    return [Attempt.model_validate(row) for row in await queries.all(statement)]


async def add_intent(
    tx: Transaction,
    render_id: UUID,
    scene_index: int,
    current_round: int,
    order: ClipOrder,
    *,
    photo_sha256: str,
) -> Attempt:
    """Writes down that a paid call is about to be made."""
    row = await tx.one(
        _ADD,
        id=new_id(),
        render_id=render_id,
        scene_index=scene_index,
        round=current_round,
        state=AttemptState.INTENT,
        model=order.model,
        ratio=order.ratio,
        duration_s=order.duration_s,
        photo_sha256=photo_sha256,
        estimated_credits=order.credits,
    )
    return Attempt.model_validate(row)


async def change(
    tx: Transaction, attempt_id: UUID, expected: Collection[AttemptState], values: Mapping[str, Any]
) -> bool:
    """Changes an attempt that is in one of the expected states; whether it was."""
    statement = (
        update(AttemptRow)
        .where(AttemptRow.id == attempt_id, AttemptRow.state.in_(expected))
        .values(**values)
    )
    return await tx.run(statement) == 1


async def resume(tx: Transaction, render_id: UUID) -> None:
    """Takes up again the tasks that were given up although they may have a clip to fetch."""
    code = AttemptRow.error["code"].astext
    await tx.run(
        update(AttemptRow)
        .where(
            AttemptRow.render_id == render_id,
            AttemptRow.state == AttemptState.FAILED,
            AttemptRow.task_id.is_not(None),
            code.in_(_RESUMABLE),
        )
        .values(
            state=AttemptState.SUBMITTED,
            error=None,
            worked_s=0.0,
            collect_failures=0,
            polled_at=None,
            ended_at=None,
        )
    )


async def spent(queries: Queries, render_id: UUID) -> Spent:
    """What a render has spent, and all of them today."""
    row = await queries.one(_SPENT, render_id=render_id)
    return Spent(**(row or {"render": 0.0, "day": 0.0}))


async def spent_today(queries: Queries) -> float:
    """What all renders have spent today (UTC), in credits."""
    return (await spent(queries, _NO_RENDER)).day


async def is_recorded(queries: Queries, task_id: str) -> bool:
    """Whether a task is in the ledger."""
    found = await queries.one(select(AttemptRow.id).where(AttemptRow.task_id == task_id))
    return found is not None


async def running(queries: Queries) -> int:
    """How many tasks may be running at the provider for renders in hand."""
    row = await queries.one(_RUNNING)
    return 0 if row is None else int(row["count_1"])


async def spending(queries: Queries, days: int) -> list[DaySpending]:
    """What was spent on each of the last days, newest first; days without attempts are left out."""
    day = cast(AttemptRow.created_at, Date)
    statement = (
        select(
            day.label("day"),
            func.count().label("attempts"),
            func.sum(AttemptRow.estimated_credits).label("estimated_credits"),
            func.coalesce(func.sum(AttemptRow.charged_credits), 0.0).label("charged_credits"),
            func.sum(_CREDITS).label("counted_credits"),
        )
        .where(cast(AttemptRow.created_at, Date) > func.current_date() - days)
        .group_by(day)
        .order_by(day.desc())
    )
    return [DaySpending.model_validate(row) for row in await queries.all(statement)]


async def database_time(queries: Queries) -> datetime:
    """The clock that all times of the ledger are told by."""
    row = await queries.one(_NOW)
    now: datetime = row["now"] if row else utc_now()
    return now


async def bought(queries: Queries, render_id: UUID) -> dict[int, tuple[StoredFile, str | None]]:
    """The clips that were bought for a render, and the photo of each by its sha256, by scene."""
    return {
        scene: (attempt.output, attempt.photo_sha256)
        for scene, history in (await of_render(queries, render_id)).items()
        for attempt in history
        if attempt.output is not None
    }
