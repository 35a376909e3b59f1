"""Limits of the account: shared among replicas through the database."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from app.db import provider_queue
from app.db.models import ProviderQueueRow
from app.db.provider_queue import ProviderQueue
from contracts.render import RenderStatus, SceneStatus
from devstack.fakes.faults import Fault
from devstack.fakes.runway import CREATE
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import AT_ONCE, Set


async def _queue(live: Set) -> ProviderQueue:
    async with live.workshop.database.connection() as queries:
        return await provider_queue.read(queries)


async def _let_time_pass(live: Set) -> None:
    async with live.workshop.database.transaction() as tx:
        await tx.run(update(ProviderQueueRow).values(resume_at=func.now() - timedelta(seconds=1)))


async def test_no_more_tasks_run_at_once_than_the_account_allows(live: Set) -> None:
    live.fake.max_concurrent = 2
    first, second = await live.order_photos(3), await live.order_photos(2)
    await live.shoot()
    assert live.fake.most_running == 2
    assert live.fake.creates == 5
    for render in (first, second):
        scenes = (await live.shown(render)).scenes
        assert {each.status for each in scenes} == {SceneStatus.COMPLETED}


async def test_scenes_run_side_by_side_when_the_account_allows_any_number(live: Set) -> None:
    live.fake.max_concurrent = None
    await live.order_photos(3)
    await live.turn()
    assert live.fake.creates == 3


async def test_a_rate_limit_holds_every_replica_back_for_as_long_as_is_asked(live: Set) -> None:
    live.fake.next_calls(Behaviour(call="rate_limited", retry_after_s=120))
    limited = await live.order_photos()
    await live.turn()
    assert 110 < (await _queue(live)).wait_s <= 120
    another = await live.order_photos()
    await live.turn()
    await live.turn()
    assert live.fake.creates == 1
    for render in (limited, another):
        waits_for = (await live.shown(render)).error
        assert waits_for is not None
        assert waits_for.code == "provider_rate_limited"
    shown = await live.shown(limited)
    assert (shown.status, shown.stage) == (RenderStatus.RUNNING, "waiting_for_provider")
    assert shown.scenes[0].error is not None
    assert (shown.scenes[0].error.code, shown.scenes[0].attempts) == ("provider_rate_limited", 0)

    await _let_time_pass(live)
    async with live.workshop.database.transaction() as tx:
        for render in (limited, another):
            await live.workshop.jobs.hasten(tx, render.id)
    await live.shoot()
    for render in (limited, another):
        assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 3


async def test_refusals_in_a_row_hold_calls_back_for_longer_each_time(live: Set) -> None:
    live = replace(live, pace=replace(AT_ONCE, hold_s=100, most_hold_s=350))
    waits = []
    live.fake.next_calls(*[Behaviour(call="rate_limited")] * 3)
    render = await live.order_photos()
    for _ in range(3):
        await live.turn()
        waits.append((await _queue(live)).wait_s)
        await _let_time_pass(live)
        async with live.workshop.database.transaction() as tx:
            await live.workshop.jobs.hasten(tx, render.id)
    assert [round(wait / 100) for wait in waits] in ([1, 2, 3], [1, 2, 4], [1, 1, 3], [1, 2, 3])
    assert waits[0] < waits[1] < waits[2] <= 350
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert (await _queue(live)).strikes == 0


async def test_while_nobody_answers_a_render_says_so_and_then_goes_on(live: Set) -> None:
    live = replace(live, pace=replace(AT_ONCE, hold_s=100, most_hold_s=100))
    live.fake.will(Fault(path="/v1/organization", status=503, body={}, times=3))
    render = await live.order_photos()
    await live.turn()
    shown = await live.shown(render)
    assert (shown.status, shown.stage) == (RenderStatus.RUNNING, "waiting_for_provider")
    assert shown.error is not None
    assert shown.error.code == "provider_unavailable"
    await _let_time_pass(live)
    async with live.workshop.database.transaction() as tx:
        await live.workshop.jobs.hasten(tx, render.id)
    await live.shoot()
    shown = await live.shown(render)
    assert (shown.scenes[0].status, shown.error) == (SceneStatus.COMPLETED, None)
    assert live.fake.creates == 1


async def test_without_credits_the_queue_stops_and_goes_on_once_there_are_some(live: Set) -> None:
    live.fake.balance = 20
    refused, waiting = await live.order_photos(), await live.order_photos()
    await live.turn()
    failed = await live.shown(refused)
    assert failed.error is not None
    assert (failed.status, failed.error.code) == (RenderStatus.FAILED, "provider_out_of_credits")
    assert "buy some" in failed.error.detail

    for _ in range(3):
        await live.turn()
    assert live.fake.creates == 1
    shown = await live.shown(waiting)
    assert (shown.status, shown.stage) == (RenderStatus.RUNNING, "waiting_for_provider")
    assert shown.error is not None
    assert "what waits goes on by itself" in shown.error.detail

    live.fake.balance = 1_000
    await live.shoot()
    assert (await live.shown(waiting)).scenes[0].status is SceneStatus.COMPLETED
    await live.retry(refused)
    await live.shoot()
    assert (await live.shown(refused)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 3


async def test_a_stopped_account_is_looked_at_by_one_replica_at_a_time(live: Set) -> None:
    live.fake.balance = 0
    await live.order_photos()
    await live.turn()
    asked = len(live.fake.requests("/organization"))
    live = replace(live, pace=replace(AT_ONCE, look_s=60))
    for _ in range(4):
        await live.order_photos()
    await asyncio.gather(*(live.turn() for _ in range(4)))
    assert len(live.fake.requests("/organization")) == asked + 1
    assert live.fake.creates == 1


async def test_a_refused_key_stops_the_queue_until_it_is_taken(live: Set) -> None:
    live.fake.key = "another-key"
    render = await live.order_photos()
    await live.turn()
    shown = await live.shown(render)
    assert shown.error is not None
    assert shown.error.code == "provider_key_refused"
    assert "restart the service with a valid one" in shown.error.detail
    assert shown.stage == "waiting_for_provider"
    assert live.fake.creates == 0
    live.fake.key = None
    await live.shoot()
    shown = await live.shown(render)
    assert (shown.scenes[0].status, shown.error) == (SceneStatus.COMPLETED, None)


@pytest.mark.parametrize("call", ["unauthorized", "out_of_credits"])
async def test_while_the_queue_stands_films_are_made_here_when_the_terms_say_so(
    live: Set, call: str
) -> None:
    live = replace(live, terms=replace(live.terms, fallback="local"))
    live.fake.will(Fault(path="/v1/organization", status=404, body={}))
    live.fake.next_calls(Behaviour.model_validate({"call": call}))
    first, second = await live.order_photos(), await live.order_photos()
    live = replace(live, pace=replace(AT_ONCE, look_s=60))
    await live.shoot()
    for render in (first, second):
        assert [each.provider for each in (await live.shown(render)).scenes] == ["local"]
    assert live.fake.requests(CREATE) == live.fake.requests(CREATE)[:1]
