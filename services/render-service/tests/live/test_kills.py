"""Promise 5 after `kill -9` at each of the five points around a paid call."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.core.config import Settings
from app.core.ledger import AttemptState
from app.services.resolving import adopt
from contracts.render import Render, RenderStatus, SceneStatus
from tests.live.dying import Orders, Point
from tests.live.stage import Set

ROOT = Path(__file__).parents[2]

Kill = Callable[[Point], Awaitable[Render]]


@pytest.fixture
def kill(live: Set, settings: Settings, runway_url: str) -> Kill:
    """Orders a render of one photo, and lets a worker die of it."""

    async def kill(point: Point) -> Render:
        render = await live.order_photos()
        orders = Orders(
            point=point,
            postgres_host=settings.postgres_host,
            storage_url=settings.storage_url,
            runway_url=runway_url,
            photos=live.album.photos,
        )
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.live.dying", orders.model_dump_json()), cwd=ROOT
        )
        async with asyncio.timeout(50):
            assert await worker.wait() == -signal.SIGKILL
        return render

    return kill


async def _states(live: Set, render: Render) -> list[AttemptState]:
    return [each.state for each in await live.ledger(render)]


async def test_killed_before_intent_the_call_is_made_by_the_next(live: Set, kill: Kill) -> None:
    render = await kill("before_intent")
    assert (await _states(live, render), live.fake.creates) == ([], 0)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_killed_after_intent_the_call_is_left_to_a_person(live: Set, kill: Kill) -> None:
    render = await kill("after_intent")
    assert (await _states(live, render), live.fake.creates) == ([AttemptState.INTENT], 0)
    await live.shoot()
    shown = await live.shown(render)
    assert (shown.status, shown.scenes[0].status) == (RenderStatus.FAILED, SceneStatus.UNKNOWN)
    assert live.fake.creates == 0


async def test_killed_after_acceptance_the_task_is_adopted_by_a_person(
    live: Set, kill: Kill
) -> None:
    render = await kill("after_accept")
    assert (await _states(live, render), live.fake.creates) == ([AttemptState.INTENT], 1)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.UNKNOWN
    [task_id] = live.fake.tasks
    async with live.workshop.database.transaction() as tx:
        await adopt(tx, live.workshop.jobs, live.terms, (render.id, 0), task_id)
    await live.retry(render)
    await live.shoot()
    scene = (await live.shown(render)).scenes[0]
    assert (scene.status, scene.provider_job_id) == (SceneStatus.COMPLETED, task_id)
    assert live.fake.creates == 1


@pytest.mark.parametrize("point", ["after_submitted", "after_download"])
async def test_killed_while_its_task_is_followed_another_worker_follows_it(
    live: Set, kill: Kill, point: Point
) -> None:
    render = await kill(point)
    assert (await _states(live, render), live.fake.creates) == ([AttemptState.SUBMITTED], 1)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1
