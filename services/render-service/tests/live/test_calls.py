"""Promise 5: whatever becomes of the paid call, it is made once per attempt."""

from dataclasses import replace

import pytest

from app.core.ledger import AttemptState
from common.errors import WorkflowError
from contracts.render import Render, RenderStatus, SceneStatus
from devstack.fakes.faults import Fault
from devstack.fakes.runway import CREATE
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import Set

LOST = [
    Behaviour(call="dropped_after_accept"),
    Behaviour(call="bad_gateway_after_accept"),
    Behaviour(call="bad_json_after_accept"),
    Behaviour(answer_after_s=60),
]


async def _code(live: Set, render: Render) -> str | None:
    shown = await live.shown(render)
    return shown.error.code if shown.error else None


@pytest.mark.parametrize("behaviour", LOST, ids=lambda each: f"{each.call}-{each.answer_after_s}")
async def test_a_call_whose_answer_is_lost_is_never_made_again(
    live: Set, behaviour: Behaviour
) -> None:
    live.fake.next_calls(behaviour)
    render = await live.order_photos()
    await live.shoot()
    shown = await live.shown(render)
    assert (shown.status, await _code(live, render)) == (
        RenderStatus.FAILED,
        "provider_outcome_unknown",
    )
    assert shown.scenes[0].status is SceneStatus.UNKNOWN
    assert shown.scenes[0].credits == 25
    assert [each.state for each in await live.ledger(render)] == [AttemptState.UNKNOWN]
    assert (live.fake.creates, len(live.fake.tasks)) == (1, 1)
    with pytest.raises(WorkflowError) as refusal:
        await live.retry(render)
    assert refusal.value.code == "scene_outcome_unknown"
    assert live.fake.creates == 1


@pytest.mark.parametrize("status", [500, 503, 504, 408, 409, 302])
async def test_a_status_that_proves_nothing_leaves_the_outcome_unknown(
    live: Set, status: int
) -> None:
    live.fake.will(Fault(path=CREATE, status=status, body={"error": "no"}))
    render = await live.order_photos()
    await live.shoot()
    assert await _code(live, render) == "provider_outcome_unknown"
    assert live.fake.creates == 1


async def test_an_unknown_scene_ends_its_render_after_the_others_are_done(live: Set) -> None:
    live.fake.next_calls(Behaviour(call="dropped_after_accept"))
    render = await live.order_photos(3)
    await live.shoot()
    shown = await live.shown(render)
    assert await _code(live, render) == "provider_outcome_unknown"
    assert [each.status for each in shown.scenes] == [
        SceneStatus.UNKNOWN,
        SceneStatus.COMPLETED,
        SceneStatus.COMPLETED,
    ]
    assert live.fake.creates == 3


async def test_a_provider_that_is_not_there_has_accepted_nothing(live: Set) -> None:
    """Nothing listens at the address: the call waits, and no attempt is counted."""
    live.fake.will(Fault(path="/v1/uploads", status=503, times=3))
    render = await live.order_photos()
    await live.turn()
    shown = await live.shown(render)
    assert (shown.status, shown.stage) == (RenderStatus.RUNNING, "waiting_for_provider")
    assert shown.scenes[0].attempts == 0
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1


async def test_a_rejected_call_fails_its_scene_and_costs_nothing(live: Set) -> None:
    live.fake.next_calls(Behaviour(call="rejected"))
    render = await live.order_photos(2)
    await live.shoot()
    shown = await live.shown(render)
    assert [each.status for each in shown.scenes] == [SceneStatus.FAILED, SceneStatus.COMPLETED]
    assert shown.scenes[0].error is not None
    assert shown.scenes[0].error.code == "request_rejected"
    assert (shown.scenes[0].credits, shown.scenes[1].credits) == (0, 25)
    assert await _code(live, render) == "scenes_failed"


async def test_a_failed_scene_is_made_here_when_the_terms_say_so(live: Set) -> None:
    live = replace(live, terms=replace(live.terms, fallback="local"))
    live.fake.next_calls(Behaviour(call="rejected"))
    render = await live.order_photos(2)
    await live.shoot()
    await live.film()
    shown = await live.shown(render)
    assert shown.status is RenderStatus.COMPLETED
    assert [each.provider for each in shown.scenes] == ["local", "runway"]
    assert shown.scenes[0].error is not None
    assert shown.scenes[0].error.code == "request_rejected"
