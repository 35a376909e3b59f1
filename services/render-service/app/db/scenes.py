"""Statements on the scenes of a render while it is made."""

from uuid import UUID

from sqlalchemy import func, update

from app.core.renders import Stage, StoredFile
from app.db.models import RenderRow, RenderSceneRow
from common.clock import utc_now
from common.db import Transaction
from contracts.base import Problem
from contracts.render import SceneStatus

_UNFINISHED = (SceneStatus.QUEUED, SceneStatus.RUNNING, SceneStatus.FAILED)


async def requeue_unfinished(tx: Transaction, render_id: UUID) -> None:
    """Puts scenes back that are not finished, without their errors; unknown ones stay."""
    await tx.run(
        update(RenderSceneRow)
        .where(RenderSceneRow.render_id == render_id, RenderSceneRow.status.in_(_UNFINISHED))
        .values(status=SceneStatus.QUEUED, error=None)
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
    await tx.run(
        update(RenderSceneRow)
        .where(RenderSceneRow.render_id == render_id, RenderSceneRow.index == index)
        .values(error=error.model_dump())
    )


async def report(tx: Transaction, render_id: UUID, stage: Stage, progress: int) -> None:
    """Notes how far a render is; its progress never goes back."""
    await tx.run(
        update(RenderRow)
        .where(RenderRow.id == render_id)
        .values(
            stage=stage,
            progress=func.greatest(RenderRow.progress, progress),
            updated_at=utc_now(),
        )
    )
