"""Use cases: show a render, try a failed one again, cancel one."""

from uuid import UUID

from app.core.ledger import AttemptState
from app.core.live import LiveTerms
from app.core.renders import FINISHED, FilmFiles, Stage, Stills, StoredFile
from app.db import attempts, repository, scenes
from app.services.ordering import CLIPS_JOB, enqueue
from app.services.projection import project
from common.db import Queries, Transaction
from common.errors import NotFoundError, WorkflowError
from common.jobs import Jobs
from contracts.render import Render, RenderStatus, SceneStatus

_IN_FLIGHT = frozenset({AttemptState.INTENT, AttemptState.SUBMITTED})


async def show(queries: Queries, render_id: UUID) -> Render:
    """The render; raises NotFoundError."""
    return _found(await repository.get(queries, render_id), render_id)


async def retry(tx: Transaction, jobs: Jobs, terms: LiveTerms, render_id: UUID) -> Render:
    """Queues a failed render again; its finished scenes are kept, and tasks in flight followed.

    Raises NotFoundError, WorkflowError `render_not_failed`, and `scene_outcome_unknown` while
    a scene may have been paid for.
    """
    render = await _lock(tx, render_id)
    if render.status is not RenderStatus.FAILED:
        cancelled = render.status is RenderStatus.CANCELLED
        instead = ": order a new one with POST /renders" if cancelled else ""
        raise WorkflowError(
            f"only a failed render can be tried again; this one is {render.status}{instead}",
            code="render_not_failed",
        )
    if any(scene.status is SceneStatus.UNKNOWN for scene in render.scenes):
        raise WorkflowError(
            "a scene was sent to its provider and the answer was lost: resolve it first",
            code="scene_outcome_unknown",
        )
    await scenes.requeue_unfinished(tx, render_id)
    await repository.begin_round(tx, render_id)
    await attempts.resume(tx, render_id)
    for index in await attempts.of_render(tx, render_id):
        await project(tx, terms, render_id, index)
    await repository.set_status(tx, render_id, RenderStatus.QUEUED, Stage.QUEUED, progress=0)
    await enqueue(tx, jobs, await _lock(tx, render_id))
    return await _lock(tx, render_id)


async def cancel(tx: Transaction, jobs: Jobs, render_id: UUID) -> Render:
    """Cancels a render that is not finished; a worker that has it in hand loses its lease.

    A film that was being made again is complete as it was, its scenes too. Tasks that its provider
    may be busy with are called off by a job. Raises NotFoundError and WorkflowError
    `render_finished`. The job goes first: whoever writes under its lease locks in the same order.
    """
    await jobs.cancel(tx, render_id)
    render = await _lock(tx, render_id)
    if render.status in FINISHED:
        raise WorkflowError(
            f"only a render that is queued or running can be cancelled; this one is"
            f" {render.status}",
            code="render_finished",
        )
    if render.video is not None:
        await scenes.take_back(tx, render_id)
        await repository.set_status(
            tx, render_id, RenderStatus.COMPLETED, Stage.COMPLETED, progress=100
        )
        return await _lock(tx, render_id)
    await scenes.requeue_unfinished(tx, render_id)
    await repository.set_status(tx, render_id, RenderStatus.CANCELLED, Stage.CANCELLED)
    history = (await attempts.of_render(tx, render_id)).values()
    if any(each.state in _IN_FLIGHT for attempts_made in history for each in attempts_made):
        await jobs.enqueue(tx, CLIPS_JOB, render_id, {})
    return await _lock(tx, render_id)


async def film_files(queries: Queries, render_id: UUID) -> FilmFiles:
    """Where the finished film lies. Raises NotFoundError, also `render_not_completed`."""
    files = await repository.film_files(queries, render_id)
    if files is None:
        render = await show(queries, render_id)
        raise NotFoundError(f"the render is {render.status}", code="render_not_completed")
    return files


async def stills(queries: Queries, render_id: UUID) -> Stills:
    """Where poster and storyboard lie. Raises NotFoundError, also `render_not_completed`."""
    found = await repository.stills(queries, render_id)
    if found is None:
        render = await show(queries, render_id)
        raise NotFoundError(
            f"nothing is drawn yet: the render is {render.status}", code="render_not_completed"
        )
    return found


async def scene_clip(queries: Queries, render_id: UUID, index: int) -> StoredFile:
    """Where a finished scene's clip lies. Raises NotFoundError, also `scene_not_completed`."""
    clip = await repository.scene_clip(queries, render_id, index)
    if clip is None:
        render = await show(queries, render_id)
        if not 0 <= index < len(render.scenes):
            raise NotFoundError(f"the render has no scene {index}")
        status = render.scenes[index].status
        raise NotFoundError(f"the scene is {status}", code="scene_not_completed")
    return clip


async def _lock(tx: Transaction, render_id: UUID) -> Render:
    return _found(await repository.get_for_update(tx, render_id), render_id)


def _found(render: Render | None, render_id: UUID) -> Render:
    if render is None:
        raise NotFoundError(f"there is no render {render_id}")
    return render
