"""Writing paid attempts down, each step in a transaction of its own (`core.ledger`).

A scene's row shows what its attempts say: `project` writes it, in the same transaction. The answer
to a paid call is written without the job's lease: it is a fact about the world, and a worker that
lost its lease while it waited for the answer is the only one who knows it.

Lock order: job, provider's queue, scene, attempts.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import func

from app.core.clips import ClipOrder
from app.core.failures import BUDGET_EXCEEDED, RECALLED, Failure, unknown_outcome
from app.core.ledger import Attempt, AttemptState, StepKind, next_step, over_budget
from app.core.live import LiveTerms
from app.core.renders import StoredFile
from app.db import attempts, provider_queue, repository, scenes
from app.services.ordering import CLIPS_JOB
from app.services.projection import project
from app.services.provider import Accepted, Task, TaskStatus
from app.services.telling import tell_scene
from common.db import Database, Transaction
from common.jobs import ClaimedJob, Jobs
from common.outbox import Outbox
from contracts.base import Problem
from contracts.render import RenderStatus, SceneStatus

logger = structlog.get_logger(__name__)

_UNANSWERED = (AttemptState.INTENT, AttemptState.UNKNOWN)
_FOLLOWED = (AttemptState.SUBMITTED,)


class Ledger:
    """The ledger of one service, on the terms of its settings."""

    def __init__(self, database: Database, jobs: Jobs, outbox: Outbox, terms: LiveTerms) -> None:
        self._database = database
        self._jobs = jobs
        self._outbox = outbox
        self._terms = terms

    async def intend(
        self, job: ClaimedJob, index: int, orders: Mapping[int, ClipOrder], *, photo_sha256: str
    ) -> Attempt | None:
        """Admits a paid call for a scene and writes it down; None when it may not be made now.

        `orders` holds those of every scene of the render: none is paid for unless all that are
        still to be paid fit the budget, otherwise all those fail. Raises LeaseLost.
        """
        async with job.writing() as tx:
            queue = await provider_queue.lock(tx)
            if queue.stopped is not None or queue.wait_s > 0:
                return None
            most = queue.max_concurrent
            if most is not None and await attempts.running(tx) >= most:
                return None
            scene = await scenes.lock(tx, job.subject_id, index)
            if scene is None:
                raise LookupError(f"render {job.subject_id} has no scene {index}")
            to_pay = await self._to_pay(tx, job, scene.round)
            if index not in to_pay:
                return None
            spent = await attempts.spent(tx, job.subject_id)
            needed = sum(orders[each].credits for each in to_pay)
            reason = over_budget(self._terms.caps, spent, needed)
            if reason is not None:
                for each in to_pay:
                    await scenes.fail(tx, job.subject_id, each, BUDGET_EXCEEDED.problem(reason))
                return None
            attempt = await attempts.add_intent(
                tx,
                job.subject_id,
                index,
                scene.round,
                orders[index],
                photo_sha256=photo_sha256,
            )
            await project(tx, self._terms, job.subject_id, index)
        return attempt

    async def accepted(self, attempt: Attempt, answer: Accepted) -> None:
        """The call was accepted; also when it was already given up as unknown.

        A task of a render that was cancelled meanwhile is called off.
        """
        values: dict[str, Any] = {
            "state": AttemptState.SUBMITTED,
            "task_id": answer.task_id,
            "error": None,
            "submitted_at": func.now(),
            "polled_at": func.now(),
        }
        if answer.credits is not None:
            values["estimated_credits"] = answer.credits
        async with self._database.transaction() as tx:
            await provider_queue.forgive(tx)
            if not await self._change(tx, attempt, _UNANSWERED, values):
                logger.error("accepted_too_late", attempt_id=attempt.id, task_id=answer.task_id)
                late = {"task_id": answer.task_id, "charged_credits": None}
                await attempts.change(tx, attempt.id, (AttemptState.FAILED,), late)
            render = await repository.get(tx, attempt.render_id)
            if render is not None and render.status is RenderStatus.CANCELLED:
                await self._jobs.enqueue(tx, CLIPS_JOB, attempt.render_id, {})

    async def refused(self, attempt: Attempt, failure: Failure, detail: str) -> None:
        """The call was refused: nothing is paid."""
        values = _failed(failure.problem(detail), charged=0.0)
        async with self._database.transaction() as tx:
            await self._change(tx, attempt, _UNANSWERED, values)

    async def lost(self, attempt: Attempt, reason: str) -> None:
        """The answer to the call was lost."""
        async with self._database.transaction() as tx:
            await self._change(tx, attempt, (AttemptState.INTENT,), _unknown(attempt, reason))

    async def inherit(self, tx: Transaction, left: Sequence[Attempt]) -> None:
        """Calls that another worker was about to make, and may have made, are unknown now."""
        for attempt in left:
            values = _unknown(attempt, "the worker that made the call is gone")
            await self._change(tx, attempt, (AttemptState.INTENT,), values)

    async def seen(self, job: ClaimedJob, attempt: Attempt, task: Task, worked_s: float) -> None:
        """The task is on its way; it has worked for so long in all."""
        values = {
            "task_status": task.status,
            "progress": task.progress,
            "worked_s": worked_s,
            "polled_at": func.now(),
        }
        async with job.writing() as tx:
            await attempts.change(tx, attempt.id, _FOLLOWED, values)

    async def not_seen(self, job: ClaimedJob, attempt: Attempt) -> None:
        """The provider did not say how the task stands."""
        async with job.writing() as tx:
            await attempts.change(tx, attempt.id, _FOLLOWED, {"polled_at": func.now()})

    async def not_collected(self, job: ClaimedJob, attempt: Attempt) -> None:
        """The finished clip could not be copied this time."""
        values = {"polled_at": func.now(), "collect_failures": attempt.collect_failures + 1}
        async with job.writing() as tx:
            await attempts.change(tx, attempt.id, _FOLLOWED, values)

    async def failed(
        self,
        job: ClaimedJob,
        attempt: Attempt,
        failure: Failure,
        detail: str,
        charged: float | None,
    ) -> None:
        """The task has ended without a clip, or is not waited for any longer."""
        async with job.writing() as tx:
            await self._change(tx, attempt, _FOLLOWED, _failed(failure.problem(detail), charged))

    async def collected(
        self, job: ClaimedJob, attempt: Attempt, output: StoredFile, charged: float | None
    ) -> None:
        """The clip is in our storage: the scene is done, and told."""
        values = {
            "state": AttemptState.SUCCEEDED,
            "task_status": TaskStatus.SUCCEEDED,
            "progress": 1.0,
            "charged_credits": charged,
            "output": output.model_dump(),
            "ended_at": func.now(),
        }
        scene = attempt.render_id, attempt.scene_index
        async with job.writing() as tx:
            if not await self._change(tx, attempt, _FOLLOWED, values):
                return
            if await scenes.finish(tx, *scene, output):
                await tell_scene(tx, self._outbox, *scene)

    async def recalled(self, job: ClaimedJob, attempt: Attempt) -> None:
        """The task was called off with its render."""
        async with job.writing() as tx:
            values = _failed(RECALLED.problem(""), charged=None)
            await attempts.change(tx, attempt.id, _FOLLOWED, values)

    async def make_here(self, job: ClaimedJob, index: int, reason: Problem) -> None:
        """Leaves a scene that is not paid for to the local renderer, and says why."""
        values = {"provider": "local", "status": SceneStatus.QUEUED, "error": reason.model_dump()}
        async with job.writing() as tx:
            await scenes.change(tx, job.subject_id, index, values)

    async def scene_refused(self, job: ClaimedJob, index: int, reason: Problem) -> None:
        """The provider takes no call for a scene: it fails, or is made here, as the terms say."""
        if self._terms.fallback == "local":
            await self.make_here(job, index, reason)
            return
        async with job.writing() as tx:
            await scenes.fail(tx, job.subject_id, index, reason)

    async def while_stopped(self, job: ClaimedJob, index: int, reason: Problem | None) -> None:
        """The provider's queue may stand: a scene waits, or is made here, as the terms say."""
        if reason is not None and self._terms.fallback == "local":
            await self.make_here(job, index, reason)

    async def show(self, job: ClaimedJob, index: int) -> None:
        """Makes a scene show what its attempts say."""
        async with job.writing() as tx:
            await project(tx, self._terms, job.subject_id, index)

    async def _to_pay(self, tx: Transaction, job: ClaimedJob, current_round: int) -> set[int]:
        """The scenes of the render that wait for a paid call."""
        render = await repository.get(tx, job.subject_id)
        history = await attempts.of_render(tx, job.subject_id)
        waiting = {
            scene.index
            for scene in (render.scenes if render else ())
            if scene.provider == "runway"
            and scene.status in {SceneStatus.QUEUED, SceneStatus.RUNNING}
        }
        most = self._terms.max_attempts
        return {
            index
            for index in waiting
            if next_step(
                history.get(index, []), current_round=current_round, max_attempts=most
            ).kind
            is StepKind.CALL
        }

    async def _change(
        self,
        tx: Transaction,
        attempt: Attempt,
        expected: Collection[AttemptState],
        values: Mapping[str, Any],
    ) -> bool:
        await scenes.lock(tx, attempt.render_id, attempt.scene_index)
        changed = await attempts.change(tx, attempt.id, expected, values)
        await project(tx, self._terms, attempt.render_id, attempt.scene_index)
        return changed


def _failed(error: Problem, charged: float | None) -> dict[str, Any]:
    return {
        "state": AttemptState.FAILED,
        "error": error.model_dump(),
        "charged_credits": charged,
        "ended_at": func.now(),
    }


def _unknown(attempt: Attempt, reason: str) -> dict[str, Any]:
    problem = unknown_outcome(attempt.render_id, attempt.scene_index, reason)
    return {"state": AttemptState.UNKNOWN, "error": problem.model_dump()}
