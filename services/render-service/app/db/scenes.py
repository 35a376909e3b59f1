"""Statements on the scenes of a render while it is made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, exists, func, select, update

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
    select(RenderSceneRow.index, RenderSceneRow.changes).where(
        RenderSceneRow.render_id == bindparam("render_id"), RenderSceneRow.changes.is_not(None)
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
    """What is to be different from the script, by scene."""
    rows = await queries.all(_CHANGES, render_id=render_id)
    return {row["index"]: SceneChange.model_validate(row["changes"]) for row in rows}


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
    """Completes a scene with its clip; False when it was complete already."""
    ours = RenderSceneRow.render_id == render_id, RenderSceneRow.index == index
    await tx.run(update(RenderSceneRow).where(*ours).values(clip=clip.model_dump()))
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
