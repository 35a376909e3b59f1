"""Trying again, cancelling, and stopping: nothing finished or running is paid for twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from app.core.ledger import AttemptState
from app.services.ordering import CLIPS_JOB
from app.services.renders import cancel
from common.jobs import LeaseLost
from common.workers import JobWorker
from contracts.base import Problem
from contracts.render import RenderStatus, SceneStatus
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import AT_ONCE, Set


async def test_fifty_retries_at_once_buy_each_missing_scene_once(
    live: Set, client: httpx.AsyncClient
) -> None:
    live.fake.next_calls(
        Behaviour(), *[Behaviour(call="rejected")] * 2, *[Behaviour() for _ in range(2)]
    )
    render = await live.order_photos(3)
    await live.shoot()
    assert (await live.shown(render)).status is RenderStatus.FAILED
    answers = await asyncio.gather(*(client.post(f"/renders/retry/{render.id}") for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [202] + [409] * 49
    await asyncio.gather(*(live.turn() for _ in range(10)))
    await live.shoot()
    shown = await live.shown(render)
    assert [each.status for each in shown.scenes] == [SceneStatus.COMPLETED] * 3
    assert (live.fake.creates, len(live.fake.tasks)) == (5, 3)


async def test_retry_follows_the_tasks_that_are_still_running(
    live: Set, client: httpx.AsyncClient
) -> None:
    live.fake.next_calls(Behaviour(running_polls=5))
    render = await live.order_photos()
    await live.turn()
    job = await live.claim()
    assert job is not None
    await live.clips_job().give_up(job, Problem(code="attempts_exhausted", detail="died"))
    assert (await live.shown(render)).status is RenderStatus.FAILED
    answer = await client.post(f"/renders/retry/{render.id}")
    assert answer.json()["scenes"][0]["status"] == "running"
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_tasks_of_a_cancelled_render_are_called_off(live: Set) -> None:
    live.fake.next_calls(Behaviour(running_polls=100))
    render = await live.order_photos()
    await live.turn()
    async with live.workshop.database.transaction() as tx:
        await cancel(tx, live.workshop.jobs, render.id)
    await live.shoot()
    [attempt] = await live.ledger(render)
    assert (attempt.state, attempt.error and attempt.error.code) == (
        AttemptState.FAILED,
        "recalled",
    )
    assert [task.is_deleted for task in live.fake.tasks.values()] == [True]
    assert (await live.shown(render)).status is RenderStatus.CANCELLED


async def _until_called(live: Set) -> None:
    async with asyncio.timeout(20):
        while live.fake.creates == 0:  # noqa: ASYNC110 - the fake lives in another thread
            await asyncio.sleep(0.02)


async def test_a_call_in_flight_when_its_render_is_cancelled_is_called_off_too(live: Set) -> None:
    """The answer comes after the lease is gone: it is kept all the same, and acted on."""
    live.fake.next_calls(Behaviour(answer_after_s=1))
    render = await live.order_photos()
    job = await live.claim()
    assert job is not None
    turn = asyncio.create_task(live.clips_job().run(job))
    await _until_called(live)
    async with live.workshop.database.transaction() as tx:
        await cancel(tx, live.workshop.jobs, render.id)
    await live.shoot()
    assert [each.state for each in await live.ledger(render)] == [AttemptState.UNKNOWN]
    with pytest.raises(LeaseLost):
        await turn
    await live.shoot()
    [attempt] = await live.ledger(render)
    assert attempt.task_id in live.fake.tasks
    assert attempt.error is not None
    assert attempt.error.code == "recalled"


async def test_stopping_while_a_task_runs_hands_the_render_back(live: Set) -> None:
    live.fake.next_calls(Behaviour(running_polls=3))
    render = await live.order_photos()
    await live.turn()
    stop = asyncio.Event()
    stop.set()
    await JobWorker(live.workshop.jobs, {CLIPS_JOB: live.clips_job()}).run(stop)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_stopping_during_a_paid_call_waits_for_its_answer(live: Set) -> None:
    live.fake.next_calls(Behaviour(answer_after_s=1.5))
    render = await live.order_photos()
    stop = asyncio.Event()
    working = asyncio.create_task(
        JobWorker(live.workshop.jobs, {CLIPS_JOB: live.clips_job()}).run(stop)
    )
    await _until_called(live)
    stop.set()
    await working
    assert [each.state for each in await live.ledger(render)] == [AttemptState.SUBMITTED]
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_an_answer_that_never_comes_does_not_hold_up_a_stop(live: Set) -> None:
    live = replace(live, pace=replace(AT_ONCE, answer_s=0.2))
    live.fake.next_calls(Behaviour(answer_after_s=60))
    render = await live.order_photos()
    job = await live.claim()
    assert job is not None
    turn = asyncio.create_task(live.clips_job().run(job))
    await _until_called(live)
    turn.cancel()
    async with asyncio.timeout(5):
        await asyncio.wait({turn})
    await live.workshop.jobs.release(job, timedelta(0), forgiven=True)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.UNKNOWN
    assert live.fake.creates == 1
