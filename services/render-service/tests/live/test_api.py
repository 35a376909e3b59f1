"""What users see and do about money: quotes, the ledger, spending, and unknown outcomes."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from app.core.config import Settings
from app.main import build
from contracts.asset import Room
from contracts.render import Render, RenderStatus, SceneStatus
from contracts.script import Script
from devstack import testing
from devstack.fakes.runway_tasks import Behaviour
from tests.film.stage import scene, script
from tests.live.stage import KEY, Set


@pytest.fixture
async def caller(
    live: Set, settings: Settings, runway_url: str
) -> AsyncIterator[httpx.AsyncClient]:
    """A caller of a service in live mode, on the same database as the set."""
    live_settings = settings.model_copy(
        update={
            "runway_mode": "live",
            "runway_api_key": SecretStr(KEY),
            "runwayml_base_url": runway_url,
            "runway_max_credits_per_render": 60,
        }
    )
    async with testing.running(build(live_settings)) as app, testing.caller(app) as client:
        yield client


async def _unknown(live: Set) -> Render:
    live.fake.next_calls(Behaviour(call="dropped_after_accept"))
    render = await live.order_photos()
    await live.shoot()
    return render


def _house(*durations_s: float) -> Script:
    return script(
        [
            *(
                scene(number, asset_id=uuid4(), duration_s=duration_s)
                for number, duration_s in enumerate(durations_s)
            ),
            scene(len(durations_s), duration_s=3),
        ]
    )


async def test_a_quote_says_what_each_scene_would_cost(
    live: Set, caller: httpx.AsyncClient
) -> None:
    house = _house(4, 9)
    await live.workshop.order(house, "live")
    answer = await caller.post("/renders/quote", json={"script_id": str(house.id)})
    assert answer.status_code == 200
    quote = answer.json()
    assert [
        (each["provider"], each["ratio"], each["clip_s"], each["credits"])
        for each in quote["scenes"]
    ] == [
        ("runway", "1280:720", 5, 25),
        ("runway", "1280:720", 10, 50),
        ("local", None, None, 0),
    ]
    assert (quote["credits"], quote["price"]) == (75, {"amount": "0.75", "currency": "USD"})
    assert (quote["mode"], quote["model"]) == ("live", "gen4_turbo")
    assert quote["prices_as_of"] == "2026-11-01"
    assert quote["prices_source"].startswith("https://docs.dev.runwayml.com/")
    assert "RUNWAY_MAX_CREDITS_PER_RENDER allows 60" in quote["refusal"]
    assert live.fake.asked == []


async def test_a_quote_follows_the_format(live: Set, caller: httpx.AsyncClient) -> None:
    house = _house(4)
    await live.workshop.order(house, "live")
    order = {"script_id": str(house.id), "aspect_ratio": "9:16"}
    quote = (await caller.post("/renders/quote", json=order)).json()
    assert quote["scenes"][0]["ratio"] == "720:1280"
    assert quote["refusal"] is None


async def test_films_made_here_cost_nothing(live: Set, client: httpx.AsyncClient) -> None:
    house = _house(4)
    await live.workshop.order(house)
    quote = (await client.post("/renders/quote", json={"script_id": str(house.id)})).json()
    assert (quote["mode"], quote["model"], quote["credits"]) == ("stub", None, 0)
    assert (quote["price"], quote["refusal"]) == (None, None)


async def test_what_cannot_be_quoted_is_refused(live: Set, caller: httpx.AsyncClient) -> None:
    answer = await caller.post("/renders/quote", json={"script_id": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (404, "script_not_found")
    empty = script([])
    await live.workshop.order(empty, "live")
    answer = await caller.post("/renders/quote", json={"script_id": str(empty.id)})
    assert (answer.status_code, answer.json()["code"]) == (422, "script_unfilmable")


async def test_an_order_in_live_mode_buys_photos_and_draws_the_rest(
    live: Set, caller: httpx.AsyncClient
) -> None:
    plan = scene(1, asset_id=uuid4()).model_copy(update={"room": Room.PLAN})
    house = script([scene(0, asset_id=uuid4()), plan, scene(2)])
    await live.workshop.order(house, "live")
    ordered = (await caller.post("/renders", json={"script_id": str(house.id)})).json()
    assert ordered["mode"] == "live"
    assert [each["provider"] for each in ordered["scenes"]] == ["runway", "local", "local"]


async def test_unknown_outcomes_are_listed_for_a_person(
    live: Set, caller: httpx.AsyncClient
) -> None:
    await live.order_photos()
    await live.shoot()
    render = await _unknown(live)
    listed = (await caller.get("/renders/attempts", params={"state": "unknown"})).json()
    assert [each["render_id"] for each in listed] == [str(render.id)]
    assert (listed[0]["scene_index"], listed[0]["estimated_credits"]) == (0, 25)
    shown = (await caller.get(f"/renders/{render.id}")).json()
    assert shown["scenes"][0]["status"] == "unknown"
    for problem in (shown["error"], shown["scenes"][0]["error"], listed[0]["error"]):
        assert f"(POST /renders/{render.id}/scenes/0/resolve)" in problem["detail"]
    every = await caller.get("/renders/attempts", params={"limit": 1})
    assert "next" in every.links


async def test_an_adopted_task_is_fetched_and_not_paid_for_again(
    live: Set, caller: httpx.AsyncClient
) -> None:
    render = await _unknown(live)
    [task_id] = live.fake.tasks
    resolve = f"/renders/{render.id}/scenes/0/resolve"
    answer = await caller.post(resolve, json={"adopt": task_id})
    assert answer.status_code == 200
    assert answer.json()["scenes"][0]["provider_job_id"] == task_id
    assert (await caller.post(f"/renders/retry/{render.id}")).status_code == 202
    await live.shoot()
    assert (await live.shown(render)).scenes[0].status is SceneStatus.COMPLETED
    assert live.fake.creates == 1
    again = await caller.post(resolve, json={"adopt": task_id})
    assert (again.status_code, again.json()["code"]) == (409, "scene_not_unknown")


async def test_an_abandoned_call_is_made_anew_by_retry(
    live: Set, caller: httpx.AsyncClient
) -> None:
    render = await _unknown(live)
    answer = await caller.post(f"/renders/{render.id}/scenes/0/resolve", json={"abandon": True})
    assert answer.json()["scenes"][0]["status"] == "queued"
    assert (await caller.post(f"/renders/retry/{render.id}")).status_code == 202
    await live.shoot()
    scene = (await live.shown(render)).scenes[0]
    assert (scene.status, scene.attempts, scene.credits) == (SceneStatus.COMPLETED, 2, 50)
    assert live.fake.creates == 2


async def test_a_task_that_is_not_the_scenes_is_not_adopted(
    live: Set, caller: httpx.AsyncClient
) -> None:
    await live.order_photos()
    await live.shoot()
    [taken] = live.fake.tasks
    render = await _unknown(live)
    resolve = f"/renders/{render.id}/scenes/0/resolve"
    slip = await caller.post(resolve, json={"adopt": "no-such-task"})
    assert (slip.status_code, slip.json()["code"]) == (422, "provider_task_not_found")
    other = await caller.post(resolve, json={"adopt": taken})
    assert (other.status_code, other.json()["code"]) == (409, "task_already_recorded")
    assert (await live.shown(render)).scenes[0].status is SceneStatus.UNKNOWN


@pytest.mark.parametrize(
    "body", [{}, {"adopt": "x", "abandon": True}, {"abandon": False}, {"adopt": "a/b"}]
)
async def test_a_bad_resolution_is_a_validation_error(
    caller: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await caller.post(f"/renders/{uuid4()}/scenes/0/resolve", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_only_an_unknown_scene_can_be_resolved(live: Set, caller: httpx.AsyncClient) -> None:
    render = await live.order_photos()
    for path, code in ((f"{render.id}/scenes/0", 409), (f"{render.id}/scenes/9", 404)):
        answer = await caller.post(f"/renders/{path}/resolve", json={"abandon": True})
        assert answer.status_code == code
    assert (await live.shown(render)).status is RenderStatus.QUEUED


async def test_a_task_cannot_be_looked_up_without_a_provider(
    live: Set, client: httpx.AsyncClient
) -> None:
    render = await _unknown(live)
    answer = await client.post(f"/renders/{render.id}/scenes/0/resolve", json={"adopt": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "provider_not_configured")


async def test_spending_is_shown_by_day(live: Set, caller: httpx.AsyncClient) -> None:
    assert (await caller.get("/renders/spending")).json() == []
    await live.order_photos(2)
    await live.shoot()
    [today] = (await caller.get("/renders/spending", params={"days": 1})).json()
    assert (today["attempts"], today["estimated_credits"], today["charged_credits"]) == (2, 50, 50)
    assert (await caller.get("/renders/spending", params={"days": 0})).status_code == 422
