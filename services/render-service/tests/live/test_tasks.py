"""What becomes of tasks that were paid for: followed, failed, timed out, fetched, lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from app.core.ledger import AttemptState
from app.db.models import AttemptRow
from app.film.lab import Lab
from contracts.render import Render, RenderStatus, SceneStatus
from devstack.fakes.faults import Fault
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import AT_ONCE, Set


async def _scene_code(live: Set, render: Render) -> str | None:
    scene = (await live.shown(render)).scenes[0]
    return scene.error.code if scene.error else None


@pytest.mark.parametrize(
    ("failure_code", "code"),
    [
        ("SAFETY.INPUT.IMAGE", "content_refused"),
        ("SAFETY.OUTPUT.VIDEO", "content_refused"),
        ("INPUT_PREPROCESSING.SAFETY.TEXT", "content_refused"),
        ("ASSET.INVALID", "picture_refused"),
    ],
)
async def test_what_is_refused_for_good_is_never_sent_again(
    live: Set, failure_code: str, code: str
) -> None:
    live.fake.next_calls(Behaviour(failure_code=failure_code, charged_when_failed=25))
    render = await live.order_photos()
    await live.shoot()
    assert await _scene_code(live, render) == code
    assert (await live.shown(render)).scenes[0].credits == 25
    await live.retry(render)
    await live.shoot()
    assert await _scene_code(live, render) == code
    assert live.fake.creates == 1


@pytest.mark.parametrize(
    "failure_code", ["INTERNAL.BAD_OUTPUT.CODE01", "INTERNAL", "THIRD_PARTY.UNAVAILABLE"]
)
async def test_what_may_pass_is_tried_again_as_often_as_is_allowed(
    live: Set, failure_code: str
) -> None:
    live.fake.next_calls(*[Behaviour(failure_code=failure_code)] * 2)
    render = await live.order_photos()
    await live.shoot()
    shown = await live.shown(render)
    assert (shown.status, shown.scenes[0].status) == (RenderStatus.FAILED, SceneStatus.FAILED)
    assert (shown.scenes[0].attempts, live.fake.creates) == (2, 2)
    assert [each.state for each in await live.ledger(render)] == [AttemptState.FAILED] * 2

    await live.retry(render)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 3


async def test_a_second_attempt_may_succeed(live: Set) -> None:
    live.fake.next_calls(Behaviour(failure_code="INTERNAL"))
    render = await live.order_photos()
    await live.shoot()
    scene = (await live.shown(render)).scenes[0]
    assert (scene.status, scene.attempts, scene.credits) == (SceneStatus.COMPLETED, 2, 25)
    assert scene.error is None


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (Behaviour(failure_code=""), "provider_failed"),
        (Behaviour(failure_code="NEW.KIND"), "provider_failed"),
        (Behaviour(cancelled=True), "provider_cancelled"),
    ],
)
async def test_what_nobody_explains_is_left_to_a_person(
    live: Set, behaviour: Behaviour, code: str
) -> None:
    live.fake.next_calls(behaviour)
    render = await live.order_photos()
    await live.shoot()
    assert await _scene_code(live, render) == code
    assert live.fake.creates == 1
    await live.retry(render)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 2


async def test_answers_that_cannot_be_read_are_asked_for_again(live: Set) -> None:
    live.fake.next_calls(Behaviour(unreadable_polls=2))
    live.fake.will(Fault(path="/nowhere"), Fault(path="/v1/organization", body="<html>"))
    render = await live.order_photos()
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def _poll_a_minute_ago(live: Set) -> None:
    async with live.workshop.database.transaction() as tx:
        ago = func.now() - timedelta(minutes=1)
        await tx.run(update(AttemptRow).values(polled_at=ago))


async def test_throttled_time_does_not_count_against_the_time_limit(live: Set) -> None:
    """A pace of twenty seconds: each turn finds the task as it was a minute ago."""
    pace = replace(AT_ONCE, poll_s=20, jitter_s=0)
    live = replace(live, pace=pace, terms=replace(live.terms, task_timeout_s=50))
    live.fake.next_calls(Behaviour(throttled_polls=8, running_polls=100))
    render = await live.order_photos()
    await live.turn()
    waited = []
    while (await live.shown(render)).status is RenderStatus.RUNNING:
        await _poll_a_minute_ago(live)
        async with live.workshop.database.transaction() as tx:
            await live.workshop.jobs.hasten(tx, render.id)
        await live.turn()
        waited.append((await live.ledger(render))[0].worked_s)
    assert waited[:9] == [0, 0, 0, 0, 0, 0, 0, 0, 40]
    assert await _scene_code(live, render) == "provider_timed_out"


async def test_a_task_given_up_for_lateness_is_followed_again_at_no_cost(live: Set) -> None:
    slow = replace(live, terms=replace(live.terms, task_timeout_s=-1))
    live.fake.next_calls(Behaviour(running_polls=2))
    render = await live.order_photos()
    await slow.shoot()
    assert await _scene_code(live, render) == "provider_timed_out"
    await live.retry(render)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_a_task_that_the_provider_does_not_know_may_be_new_or_gone(live: Set) -> None:
    live.fake.next_calls(Behaviour(running_polls=100))
    render = await live.order_photos()
    await live.turn()
    live.fake.tasks.clear()
    await live.turn()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.RUNNING
    async with live.workshop.database.transaction() as tx:
        ago = func.now() - timedelta(minutes=3)
        await tx.run(update(AttemptRow).values(submitted_at=ago))
    await live.shoot()
    assert await _scene_code(live, render) == "provider_task_lost"
    assert live.fake.creates == 1


@pytest.mark.parametrize("output", ["expired", "broken_off", "truncated", "no_video"])
async def test_a_clip_that_does_not_come_whole_is_fetched_again(live: Set, output: str) -> None:
    """A fresh address each time; nothing is paid for again."""
    live = replace(live, lab=Lab())
    live.fake.next_calls(Behaviour.model_validate({"output": output, "bad_outputs": 2}))
    render = await live.order_photos()
    await live.shoot()
    scene = (await live.shown(render)).scenes[0]
    assert (scene.status, scene.attempts, scene.credits) == (SceneStatus.COMPLETED, 1, 25)
    assert live.fake.creates == 1
    assert (await live.ledger(render))[0].collect_failures == 2


@pytest.mark.parametrize("output", ["wrong_size", "too_short"])
async def test_a_clip_of_no_use_is_not_paid_for_again_by_itself(live: Set, output: str) -> None:
    live = replace(live, lab=Lab())
    live.fake.next_calls(Behaviour.model_validate({"output": output}))
    render = await live.order_photos()
    await live.shoot()
    scene = (await live.shown(render)).scenes[0]
    assert scene.error is not None
    assert (scene.error.code, scene.credits) == ("output_invalid", 25)
    assert "came instead of" in scene.error.detail
    assert live.fake.creates == 1


async def test_a_lost_output_is_asked_for_again_by_retry_at_no_cost(live: Set) -> None:
    live.fake.next_calls(Behaviour(output="expired", bad_outputs=8))
    render = await live.order_photos()
    await live.shoot()
    assert await _scene_code(live, render) == "output_unreachable"
    await live.retry(render)
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_a_clip_is_never_fetched_in_the_clear_from_elsewhere(live: Set) -> None:
    live.fake.next_calls(Behaviour(output="plain_http"))
    render = await live.order_photos()
    await live.shoot()
    assert await _scene_code(live, render) == "output_unreachable"
    assert live.fake.requests(".mp4") == []
