"""Use case: a person says what became of a paid call whose answer was lost."""

from typing import Any
from uuid import UUID

from sqlalchemy import func

from app.core.failures import ABANDONED
from app.core.ledger import Attempt, AttemptState
from app.core.live import LiveTerms
from app.db import attempts, repository, scenes
from app.services.ordering import CLIPS_JOB
from app.services.projection import project
from app.services.provider import ClipProvider, ProviderAway, ProviderRefused, TaskMissing
from common.db import Transaction
from common.errors import DependencyUnavailable, NotFoundError, Unprocessable, WorkflowError
from common.jobs import Jobs
from contracts.render import Render, RenderStatus

#: A render's id and the index of one of its scenes.
SceneKey = tuple[UUID, int]


async def check_task(provider: ClipProvider | None, task_id: str) -> None:
    """Makes sure that the provider knows a task, before it is adopted.

    A slip of the pen would look like a lost task later, and be paid for again. Raises
    WorkflowError `provider_not_configured`, Unprocessable `provider_task_not_found` and
    DependencyUnavailable.
    """
    if provider is None:
        raise WorkflowError(
            "a task can be looked up with RUNWAY_MODE=live only", code="provider_not_configured"
        )
    try:
        await provider.task(task_id)
    except TaskMissing as error:
        raise Unprocessable(
            f"the provider knows no task {task_id}", code="provider_task_not_found"
        ) from error
    except (ProviderAway, ProviderRefused) as error:
        raise DependencyUnavailable(f"the provider does not show the task ({error})") from error


async def adopt(
    tx: Transaction, jobs: Jobs, terms: LiveTerms, scene: SceneKey, task_id: str
) -> Render:
    """The call was accepted, as this task: its clip is fetched, once the render is tried again.

    Raises NotFoundError, WorkflowError `scene_not_unknown` and `task_already_recorded`.
    """
    unknown = await _unknown(tx, scene)
    if await attempts.is_recorded(tx, task_id):
        raise WorkflowError(
            f"task {task_id} is another attempt's already", code="task_already_recorded"
        )
    values: dict[str, Any] = {
        "state": AttemptState.SUBMITTED,
        "task_id": task_id,
        "error": None,
        "submitted_at": func.now(),
    }
    await attempts.change(tx, unknown.id, (AttemptState.UNKNOWN,), values)
    render = await _shown(tx, terms, scene)
    if render.status is RenderStatus.CANCELLED:
        await jobs.enqueue(tx, CLIPS_JOB, render.id, {})
    return render


async def abandon(tx: Transaction, terms: LiveTerms, scene: SceneKey) -> Render:
    """The call came to nothing, or is given up: it may be made anew.

    It still counts at its estimate: nobody can say that it was not billed. Raises NotFoundError
    and WorkflowError `scene_not_unknown`.
    """
    unknown = await _unknown(tx, scene)
    values = {
        "state": AttemptState.FAILED,
        "error": ABANDONED.problem("").model_dump(),
        "ended_at": func.now(),
    }
    await attempts.change(tx, unknown.id, (AttemptState.UNKNOWN,), values)
    return await _shown(tx, terms, scene)


async def _unknown(tx: Transaction, scene: SceneKey) -> Attempt:
    render_id, index = scene
    if await scenes.lock(tx, render_id, index) is None:
        raise NotFoundError(f"there is no scene {index} of a render {render_id}")
    for attempt in (await attempts.of_render(tx, render_id)).get(index, []):
        if attempt.state is AttemptState.UNKNOWN:
            return attempt
    raise WorkflowError(
        "only a scene whose paid outcome is unknown can be resolved", code="scene_not_unknown"
    )


async def _shown(tx: Transaction, terms: LiveTerms, scene: SceneKey) -> Render:
    await project(tx, terms, *scene)
    render = await repository.get(tx, scene[0])
    if render is None:
        raise LookupError(f"render {scene[0]} has scenes and no row")
    return render
