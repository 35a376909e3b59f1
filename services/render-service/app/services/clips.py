"""The job that buys a render's clips, in short turns.

A turn does for each scene what is due (call, ask, fetch) and hands the job back: waiting for the
provider holds no worker, and all that is known is in the database, so that any replica takes the
next turn. Once every scene has its clip, or is left to the local renderer, another job makes the
film.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from app.core.ledger import Attempt, AttemptState, StepKind
from app.core.live import ending, is_waiting
from app.core.renders import FINISHED, Stage, progress_of_clips
from app.db import attempts, provider_queue, repository, scenes
from app.film.values import FilmError
from app.services.buying import Buyer
from app.services.following import Follower
from app.services.location import Location, Turn
from app.services.ordering import FILM_JOB
from app.services.orders import clip_orders
from app.services.provider import ProviderAway, ProviderRefused
from app.services.telling import fail_render
from common.db import Database
from common.errors import DependencyUnavailable
from common.jobs import ClaimedJob, Jobs, JobWaits
from common.outbox import Outbox
from contracts.base import Problem
from contracts.render import Render, RenderScene, RenderStatus, SceneStatus

logger = structlog.get_logger(__name__)

_UNDECIDED = frozenset({SceneStatus.QUEUED, SceneStatus.RUNNING})


class ClipsJob:
    """Buys the clips of a render (`common.workers.JobHandler`)."""

    def __init__(self, location: Location, database: Database, jobs: Jobs, outbox: Outbox) -> None:
        self._location = location
        self._database = database
        self._jobs = jobs
        self._outbox = outbox
        self._buyer = Buyer(location)
        self._follower = Follower(location)

    async def run(self, job: ClaimedJob) -> None:
        """Takes one turn: ends the job with its outcome, or raises JobWaits."""
        render = await self._begin(job)
        if render is None:
            return
        if render.status is RenderStatus.CANCELLED:
            await self._recall(job)
            return
        with tempfile.TemporaryDirectory(prefix="clips-") as folder:
            try:
                turn = await self._turn(job, render, Path(folder))
            except FilmError as reason:
                await self._fail(job, Problem(code=reason.code, detail=reason.detail))
                return
            await self._advance_all(turn)
        await self._conclude(job)

    async def give_up(self, job: ClaimedJob, problem: Problem) -> None:
        """Writes an unforeseen failure down; the ledger keeps what was paid for."""
        await self._fail(job, problem)

    async def _begin(self, job: ClaimedJob) -> Render | None:
        """Takes the render up; None, and no job any more, when there is nothing to do for it.

        Paid calls that another worker left without their answers become unknown.
        """
        async with job.writing() as tx:
            render = await repository.get_for_update(tx, job.subject_id)
            if render is None or render.status in FINISHED - {RenderStatus.CANCELLED}:
                await job.finish(tx)
                return None
            history = await attempts.of_render(tx, render.id)
            left = [
                attempt
                for made in history.values()
                for attempt in made
                if attempt.state is AttemptState.INTENT
            ]
            await self._location.ledger.inherit(tx, left)
            if render.status is RenderStatus.QUEUED:
                await repository.set_status(
                    tx, render.id, RenderStatus.RUNNING, Stage.GENERATING_CLIPS
                )
                logger.info("clips_begun", render_id=str(render.id))
            return await repository.get(tx, render.id)

    async def _turn(self, job: ClaimedJob, render: Render, folder: Path) -> Turn:
        async with self._database.connection() as queries:
            script = await repository.get_script(queries, render.script_id)
            if script is None:
                raise LookupError(f"render {render.id} has no script")
            return Turn(
                job=job,
                render=render,
                script=script,
                orders=clip_orders(
                    script, render.aspect_ratio, render.profile, self._location.terms.model
                ),
                history=await attempts.of_render(queries, render.id),
                round=await repository.current_round(queries, render.id),
                now=await attempts.database_time(queries),
                folder=folder,
            )

    async def _advance_all(self, turn: Turn) -> None:
        """The due step of every scene, side by side; a fault holds up none of the others."""
        faults: list[Exception] = []

        async def advance(scene: RenderScene) -> None:
            try:
                await self._advance(turn, scene)
            except Exception as fault:  # noqa: BLE001 - raised below, once the others are done
                faults.append(fault)

        async with asyncio.TaskGroup() as steps:
            for scene in turn.render.scenes:
                if scene.provider == "runway" and scene.status in _UNDECIDED:
                    steps.create_task(advance(scene))
        for fault in sorted(faults, key=lambda fault: isinstance(fault, DependencyUnavailable)):
            raise fault

    async def _advance(self, turn: Turn, scene: RenderScene) -> None:
        step = turn.next_step(scene.index, self._location.terms.max_attempts)
        asset_id = turn.script.scenes[scene.index].asset_id
        if step.kind is StepKind.CALL and asset_id is not None:
            await self._buyer.buy(turn, scene.index, asset_id)
        elif step.kind is StepKind.FOLLOW and step.attempt is not None:
            await self._follower.follow(turn, step.attempt)
        else:
            await self._location.ledger.show(turn.job, scene.index)

    async def _conclude(self, job: ClaimedJob) -> None:
        """Ends the job once nothing is to come any more; raises JobWaits until then."""
        wait_s = 0.0
        async with job.writing() as tx:
            render = await repository.get(tx, job.subject_id)
            made = render.scenes if render else ()
            waits, reason = is_waiting(made), ending(made)
            if waits:
                in_flight = any(scene.status is SceneStatus.RUNNING for scene in made)
                stage = Stage.GENERATING_CLIPS if in_flight else Stage.WAITING_FOR_PROVIDER
                history = await attempts.of_render(tx, job.subject_id)
                queue = await provider_queue.read(tx)
                progress = _progress(made, history)
                await scenes.report(tx, job.subject_id, stage, progress, waits_for=queue.waits_for)
                wait_s = 0.0 if in_flight else queue.wait_s
            elif reason is None:
                await job.finish(tx)
                await self._jobs.enqueue(tx, FILM_JOB, job.subject_id, {})
        if waits:
            raise JobWaits(self._location.pace.next_turn(wait_s))
        if reason is not None:
            await self._fail(job, reason)
        else:
            logger.info("clips_bought", render_id=str(job.subject_id))

    async def _recall(self, job: ClaimedJob) -> None:
        """Calls off the tasks of a render that was cancelled.

        They count at their estimate: the provider gives nothing back for a task that has begun.
        """
        async with self._database.connection() as queries:
            history = await attempts.of_render(queries, job.subject_id)
        for attempt in (each for made in history.values() for each in made):
            if attempt.state is AttemptState.SUBMITTED and attempt.task_id is not None:
                try:
                    await self._location.provider.cancel(attempt.task_id)
                except ProviderAway as reason:
                    raise DependencyUnavailable(str(reason)) from reason
                except ProviderRefused as refusal:
                    logger.warning("task_not_recalled", code=refusal.failure.code)
                await self._location.ledger.recalled(job, attempt)
        async with job.writing() as tx:
            await job.finish(tx)

    async def _fail(self, job: ClaimedJob, error: Problem) -> None:
        await fail_render(job, self._outbox, error)
        logger.warning("film_failed", render_id=str(job.subject_id), code=error.code)


def _progress(made: Sequence[RenderScene], history: Mapping[int, list[Attempt]]) -> int:
    """Percent, of the clips that are bought."""
    shares = []
    for scene in made:
        if scene.provider == "runway":
            last = history.get(scene.index, [])[-1:]
            running = (last[0].progress or 0.0) if last else 0.0
            shares.append(1.0 if scene.status is SceneStatus.COMPLETED else running)
    return progress_of_clips(shares)
