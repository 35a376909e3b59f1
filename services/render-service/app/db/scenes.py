"""Statements on the scenes of a render while it is made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, exists, func, null, or_, select, update

from app.core.changes import SceneChange
from app.core.renders import Stage, StoredFile
from app.db.models import AttemptRow, RenderRow, RenderSceneRow
from common.clock import utc_now
from common.db import Queries, Transaction
from common.statements import prepare
from contracts.base import Problem
from contracts.render import SceneStatus

_UNFINISHED = (SceneStatus.QUEUED, SceneStatus.RUNNING, SceneStatus.FAILED)
_LOCK = prepare(
    select(RenderSceneRow.provider, RenderSceneRow.status, RenderRow.round)
    .join(RenderRow, RenderRow.id == RenderSceneRow.render_id)
    .where(
        RenderSceneRow.render_id == bindparam("render_id"),
        RenderSceneRow.index == bindparam("index"),
    )
    .with_for_update(of=RenderSceneRow)
)
_CHANGES = prepare(
    select(RenderSceneRow.index, RenderSceneRow.changes, RenderSceneRow.wanted).where(
        RenderSceneRow.render_id == bindparam("render_id"),
        or_(RenderSceneRow.changes.is_not(None), RenderSceneRow.wanted.is_not(None)),
    )
)


@dataclass(frozen=True, slots=True)
class LockedScene:
    """A scene nobody else writes meanwhile, and how often its render was tried again."""

    provider: str
    status: SceneStatus
    round: int


async def lock(tx: Transaction, render_id: UUID, index: int) -> LockedScene | None:
    """The scene, locked until the transaction ends, or None."""
    row = await tx.one(_LOCK, render_id=render_id, index=index)
    if row is None:
        return None
    return LockedScene(row["provider"], SceneStatus(row["status"]), row["round"])


async def change(tx: Transaction, render_id: UUID, index: int, values: dict[str, Any]) -> None:
    """Sets columns of a scene."""
    await tx.run(
        update(RenderSceneRow)
        .where(RenderSceneRow.render_id == render_id, RenderSceneRow.index == index)
        .values(**values)
    )


async def changes(queries: Queries, render_id: UUID) -> dict[int, SceneChange]:
    """What the film in the making changes of its script, by scene."""
    rows = await queries.all(_CHANGES, render_id=render_id)
    return {
        row["index"]: SceneChange.model_validate(
            row["changes"] if row["wanted"] is None else row["wanted"]
        )
        for row in rows
    }


async def want(tx: Transaction, render_id: UUID, index: int, wanted: SceneChange) -> None:
    """Notes what the next film changes of a scene, and nothing else of any other."""
    values = {"wanted": wanted.model_dump(mode="json", exclude_none=True)}
    await change(tx, render_id, index, values)


async def take_back(tx: Transaction, render_id: UUID) -> None:
    """Makes scenes those of the finished film again: another is not made in its place."""
    mine = RenderSceneRow.render_id == render_id
    await tx.run(
        update(RenderSceneRow)
        .where(mine, RenderSceneRow.status.in_(_UNFINISHED))
        .values(status=SceneStatus.COMPLETED, error=null())
    )
    await tx.run(update(RenderSceneRow).where(mine).values(wanted=null(), next_clip=null()))


async def take_over(tx: Transaction, render_id: UUID) -> None:
    """Makes the scenes those of the film that is delivered."""
    row = RenderSceneRow
    await tx.run(
        update(row)
        .where(row.render_id == render_id)
        .values(
            changes=func.coalesce(row.wanted, row.changes),
            clip=func.coalesce(row.next_clip, row.clip),
            wanted=null(),
            next_clip=null(),
        )
    )


async def requeue_unfinished(tx: Transaction, render_id: UUID) -> None:
    """Puts scenes back that are not finished, without their errors; unknown ones stay.

    A scene that was given back by its provider keeps saying why it is made here.
    """
    was_bought = exists().where(
        AttemptRow.render_id == RenderSceneRow.render_id,
        AttemptRow.scene_index == RenderSceneRow.index,
    )
    await tx.run(
        update(RenderSceneRow)
        .where(RenderSceneRow.render_id == render_id, RenderSceneRow.status.in_(_UNFINISHED))
        .values(status=SceneStatus.QUEUED, error=case((was_bought, RenderSceneRow.error)))
    )


async def start(tx: Transaction, render_id: UUID, index: int) -> None:
    """Marks a scene as running, and counts the attempt; a finished one stays finished."""
    await tx.run(
        update(RenderSceneRow)
        .where(
            RenderSceneRow.render_id == render_id,
            RenderSceneRow.index == index,
            RenderSceneRow.status == SceneStatus.QUEUED,
        )
        .values(status=SceneStatus.RUNNING, attempts=RenderSceneRow.attempts + 1)
    )


async def finish(tx: Transaction, render_id: UUID, index: int, clip: StoredFile) -> bool:
    """Completes a scene with its clip; False when it was complete already.

    Where a film is there already, its clips stay until the next is delivered.
    """
    ours = RenderSceneRow.render_id == render_id, RenderSceneRow.index == index
    has_film = select(RenderRow.files).where(
        RenderRow.id == render_id, RenderRow.files.is_not(None)
    )
    new = clip.model_dump()
    await tx.run(update(RenderSceneRow).where(*ours).values(next_clip=new))
    await tx.run(update(RenderSceneRow).where(*ours, ~has_film.exists()).values(clip=new))
    completed = await tx.run(
        update(RenderSceneRow)
        .where(*ours, RenderSceneRow.status != SceneStatus.COMPLETED)
        .values(status=SceneStatus.COMPLETED)
    )
    return completed == 1


async def fail(tx: Transaction, render_id: UUID, index: int, error: Problem) -> None:
    """Marks a scene as failed, with the reason; a finished one stays finished."""
    await tx.run(
        update(RenderSceneRow)
        .where(
            RenderSceneRow.render_id == render_id,
            RenderSceneRow.index == index,
            RenderSceneRow.status != SceneStatus.COMPLETED,
        )
        .values(status=SceneStatus.FAILED, error=error.model_dump())
    )


async def note(tx: Transaction, render_id: UUID, index: int, error: Problem) -> None:
    """Says why a scene is a card although the script names a photo."""
    await change(tx, render_id, index, {"error": error.model_dump()})


async def report(
    tx: Transaction,
    render_id: UUID,
    stage: Stage,
    progress: int,
    *,
    waits_for: Problem | None = None,
) -> None:
    """Notes how far a render is, and what it waits for; its progress never goes back."""
    await tx.run(
        update(RenderRow)
        .where(RenderRow.id == render_id)
        .values(
            stage=stage,
            progress=func.greatest(RenderRow.progress, progress),
            error=waits_for and waits_for.model_dump(),
            updated_at=utc_now(),
        )
    )
