"""Caps per render and per day hold before a call, for all replicas together."""

import asyncio
from dataclasses import replace

from app.core.ledger import AttemptState, Caps
from app.db import attempts
from contracts.render import RenderStatus, SceneStatus
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import Set


def _capped(live: Set, *, per_render: int = 1_000, per_day: int = 10_000) -> Set:
    return replace(live, terms=replace(live.terms, caps=Caps(per_render, per_day)))


async def test_a_film_over_its_budget_is_stopped_before_any_call(live: Set) -> None:
    """Three scenes at 25 credits: none is bought when only two would fit."""
    live = _capped(live, per_render=74)
    render = await live.order_photos(3)
    await live.shoot()
    shown = await live.shown(render)
    assert shown.error is not None
    assert (shown.status, shown.error.code) == (RenderStatus.FAILED, "budget_exceeded")
    assert "75 credits are needed" in shown.error.detail
    assert "RUNWAY_MAX_CREDITS_PER_RENDER allows 74" in shown.error.detail
    assert live.fake.creates == 0
    assert await live.ledger(render) == []


async def test_a_film_within_its_budget_is_bought_to_the_last_credit(live: Set) -> None:
    live = _capped(live, per_render=75, per_day=75)
    render = await live.order_photos(3)
    await live.shoot()
    assert {each.status for each in (await live.shown(render)).scenes} == {SceneStatus.COMPLETED}


async def test_attempts_that_failed_count_by_what_they_cost(live: Set) -> None:
    live = _capped(live, per_render=40)
    live.fake.next_calls(Behaviour(failure_code="INTERNAL", charged_when_failed=25))
    render = await live.order_photos()
    await live.shoot()
    shown = await live.shown(render)
    assert shown.error is not None
    assert shown.error.code == "budget_exceeded"
    assert (shown.scenes[0].credits, live.fake.creates) == (25, 1)


async def test_an_unknown_call_counts_at_its_estimate(live: Set) -> None:
    live = _capped(live, per_day=40)
    live.fake.next_calls(Behaviour(call="dropped_after_accept"))
    await live.order_photos()
    await live.shoot()
    second = await live.order_photos()
    await live.shoot()
    shown = await live.shown(second)
    assert shown.error is not None
    assert shown.error.code == "budget_exceeded"
    assert "RUNWAY_MAX_CREDITS_PER_DAY" in shown.error.detail
    assert live.fake.creates == 1


async def test_replicas_cannot_spend_more_than_the_day_allows_together(live: Set) -> None:
    live = _capped(live, per_day=60)
    live.fake.max_concurrent = None
    renders = [await live.order_photos() for _ in range(6)]
    await asyncio.gather(*(live.turn() for _ in range(6)))
    await live.shoot()
    statuses = [(await live.shown(render)).scenes[0].status for render in renders]
    assert statuses.count(SceneStatus.COMPLETED) == 2
    assert live.fake.creates == 2


async def test_estimates_and_charges_are_kept_by_attempt_and_by_day(live: Set) -> None:
    live.fake.next_calls(
        Behaviour(failure_code="INTERNAL", charged_when_failed=0), Behaviour(call="rejected")
    )
    first = await live.order_photos()
    await live.shoot()
    entries = await live.ledger(first)
    assert [each.state for each in entries] == [AttemptState.FAILED] * 2
    assert [(each.estimated_credits, each.charged_credits) for each in entries] == [
        (25, 0),
        (25, 0),
    ]
    await live.order_photos(2)
    await live.shoot()
    async with live.workshop.database.connection() as queries:
        [today] = await attempts.spending(queries, 1)
    assert (today.attempts, today.estimated_credits, today.charged_credits) == (4, 100, 50)
    assert today.counted_credits == 50
