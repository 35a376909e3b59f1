"""What a render's making tells the world, in the transaction of the change itself."""

from uuid import UUID

from app.core.renders import Stage
from app.db import repository
from common.db import Transaction
from common.jobs import ClaimedJob
from common.outbox import Outbox
from contracts.base import Problem
from contracts.events import EventType
from contracts.render import Render, RenderStatus, SceneGenerated


async def tell_scene(tx: Transaction, outbox: Outbox, render_id: UUID, scene: int) -> None:
    """A scene of the render is done."""
    render = await _render(tx, render_id)
    generated = SceneGenerated(
        render_id=render.id,
        poi_id=render.poi_id,
        script_id=render.script_id,
        scene=render.scenes[scene],
    )
    await outbox.add(tx, EventType.SCENE_GENERATED, generated)


async def tell_render(
    tx: Transaction, outbox: Outbox, event_type: EventType, render_id: UUID
) -> None:
    """The render has ended."""
    await outbox.add(tx, event_type, await _render(tx, render_id))


#: What is told of a film that could not be made in the place of a finished one.
_STILL_THERE = (
    "the film from before is still there; retry for the same change, or ask for another, which"
    " drops this one"
)


async def fail_render(job: ClaimedJob, outbox: Outbox, error: Problem) -> None:
    """Ends a render, and the job in hand, with the reason; raises LeaseLost."""
    async with job.writing() as tx:
        if (await _render(tx, job.subject_id)).video is not None:
            error = Problem(code=error.code, detail=f"{error.detail}; {_STILL_THERE}")
        await repository.set_status(
            tx, job.subject_id, RenderStatus.FAILED, Stage.FAILED, error=error
        )
        await tell_render(tx, outbox, EventType.RENDER_FAILED, job.subject_id)
        await job.finish(tx)


async def _render(tx: Transaction, render_id: UUID) -> Render:
    render = await repository.get(tx, render_id)
    if render is None:
        raise LookupError(f"render {render_id} has a job and no row")
    return render
