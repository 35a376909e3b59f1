"""What the ledger says of a scene, written to the scene's own row."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.failures import RATE_LIMITED, UNREACHABLE
from app.core.ledger import Attempt, StepKind, next_step
from app.core.live import LiveTerms
from app.db import attempts, scenes
from common.db import Transaction
from contracts.render import SceneStatus

#: Refusals before anything happened: not worth a number in the count of attempts.
_NO_ATTEMPT = frozenset({RATE_LIMITED.code, UNREACHABLE.code})


async def project(tx: Transaction, terms: LiveTerms, render_id: UUID, index: int) -> None:
    """Makes a scene show what its attempts say; locks its row.

    A scene that failed for good is given to the local renderer when the terms say so. One that is
    the local renderer's already keeps its status.
    """
    scene = await scenes.lock(tx, render_id, index)
    history = (await attempts.of_render(tx, render_id)).get(index, [])
    if scene is None or not history:
        return
    values = _account(history)
    if scene.provider == "runway":
        step = next_step(history, current_round=scene.round, max_attempts=terms.max_attempts)
        problem = step.attempt and step.attempt.error
        error = problem and problem.model_dump()
        match step.kind:
            case StepKind.FOLLOW:
                values |= {"status": SceneStatus.RUNNING, "error": None}
            case StepKind.RESOLVE:
                values |= {"status": SceneStatus.UNKNOWN, "error": error}
            case StepKind.DONE:
                values |= {"error": None}
            case StepKind.CALL if scene.status is not SceneStatus.FAILED:
                values |= {"status": SceneStatus.QUEUED, "error": error}
            case StepKind.FAIL if terms.fallback == "local":
                values |= {"status": SceneStatus.QUEUED, "error": error, "provider": "local"}
            case StepKind.FAIL:
                values |= {"status": SceneStatus.FAILED, "error": error}
    await scenes.change(tx, render_id, index, values)


def _account(history: Sequence[Attempt]) -> dict[str, Any]:
    """The figures of a scene: tries, credits charged (or estimated), the task's id."""
    made = [each for each in history if not (each.error and each.error.code in _NO_ATTEMPT)]
    tasks = [each.task_id for each in history if each.task_id is not None]
    return {
        "attempts": len(made),
        "credits": sum(
            each.estimated_credits if each.charged_credits is None else each.charged_credits
            for each in history
        ),
        "provider_job_id": tasks[-1] if tasks else None,
    }
