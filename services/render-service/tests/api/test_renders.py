from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import update

from app.db.models import RenderSceneRow
from common.ids import new_id
from contracts.render import RenderStatus, SceneStatus
from tests.film.stage import scene, script
from tests.support import LEASE, ScriptedRenderer, Workshop, fail_the_second

SCENES = [scene(0), scene(1, asset_id=uuid4()), scene(2)]


async def test_healthz_needs_no_key(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz", headers={"X-API-Key": ""})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_readyz_says_what_was_checked(client: httpx.AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok"},
    }


async def test_a_wrong_key_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/renders", headers={"X-API-Key": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


async def test_a_render_is_shown_with_its_scenes(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    ordered = script(SCENES)
    render = await workshop.order(ordered)
    shown = (await client.get(f"/renders/{render.id}")).json()
    assert shown["id"] == str(render.id)
    assert shown["script_id"] == str(ordered.id)
    assert shown["poi_id"] == str(ordered.poi_id)
    assert (shown["status"], shown["stage"], shown["progress"]) == ("queued", "queued", 0)
    assert (shown["mode"], shown["aspect_ratio"], shown["profile"]) == ("stub", "16:9", "draft")
    assert (shown["video"], shown["poster_url"], shown["captions_url"]) == (None, None, None)
    assert shown["scenes"][2] == {
        "index": 2,
        "status": "queued",
        "provider": "local",
        "provider_job_id": None,
        "duration_s": 2.0,
        "attempts": 0,
        "credits": None,
        "error": None,
    }


async def test_an_unknown_render_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("", "/video", "/poster", "/captions", "/scenes/0/video"):
        answer = await client.get(f"/renders/{new_id()}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_malformed_id_is_a_validation_error(client: httpx.AsyncClient) -> None:
    answer = await client.get("/renders/not-an-id")
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_renders_are_listed_newest_first_by_poi_and_status(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    ours, others = script(SCENES), script(SCENES)
    first, second = await workshop.order(ours), await workshop.order(ours)
    await workshop.order(others)
    await client.post(f"/renders/{first.id}/cancel")

    listed = await client.get("/renders", params={"poi_id": str(ours.poi_id)})
    assert [each["id"] for each in listed.json()] == [str(second.id), str(first.id)]
    assert [len(each["scenes"]) for each in listed.json()] == [3, 3]
    cancelled = await client.get("/renders", params={"status": "cancelled"})
    assert [each["id"] for each in cancelled.json()] == [str(first.id)]
    assert (await client.get("/renders", params={"status": "lost"})).status_code == 422


async def test_a_listing_goes_on_where_its_page_ends(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    renders = [str((await workshop.order(script(SCENES))).id) for _ in range(3)]
    page = await client.get("/renders", params={"limit": 2})
    rest = await client.get(page.links["next"]["url"])
    assert [each["id"] for each in (*page.json(), *rest.json())] == renders[::-1]
    assert "next" not in rest.links


async def test_a_known_script_is_rendered_again_in_another_format(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    ordered = script(SCENES)
    first = await workshop.order(ordered)
    answer = await client.post(
        "/renders",
        json={"script_id": str(ordered.id), "aspect_ratio": "4:5", "profile": "high"},
    )
    assert answer.status_code == 202
    again = answer.json()
    assert answer.headers["location"] == f"/renders/{again['id']}"
    assert again["id"] != str(first.id)
    assert (again["aspect_ratio"], again["profile"]) == ("4:5", "high")
    assert {(await workshop.claim()).subject_id for _ in range(2)} == {
        first.id,
        UUID(again["id"]),
    }


async def test_a_script_that_has_not_arrived_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.post("/renders", json={"script_id": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (404, "script_not_found")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"script_id": "no"},
        {"script_id": str(uuid4()), "aspect_ratio": "2:1"},
        {"script_id": str(uuid4()), "profile": "ultra"},
        {"script_id": str(uuid4()), "colour": "red"},
    ],
)
async def test_a_bad_order_is_a_validation_error(
    client: httpx.AsyncClient, body: dict[str, str]
) -> None:
    answer = await client.post("/renders", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


async def test_an_order_sent_twice_with_one_key_is_one_render(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    ordered = script(SCENES)
    await workshop.order(ordered)
    answers = [
        await client.post(
            "/renders", json={"script_id": str(ordered.id)}, headers={"Idempotency-Key": "once"}
        )
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len((await client.get("/renders")).json()) == 2


async def test_only_a_failed_render_can_be_tried_again(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    render = await workshop.order(script(SCENES))
    answer = await client.post(f"/renders/retry/{render.id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "render_not_failed")
    assert (await client.post(f"/renders/retry/{uuid4()}")).status_code == 404


async def test_a_failed_render_is_tried_again_and_keeps_its_finished_scenes(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    render = await workshop.order(script(SCENES))
    await workshop.work(ScriptedRenderer(fail_the_second))
    failed = (await client.get(f"/renders/{render.id}")).json()
    assert (failed["status"], failed["error"]["code"]) == ("failed", "scenes_failed")
    assert failed["scenes"][1]["error"]["code"] == "renderer_crashed"

    answer = await client.post(f"/renders/retry/{render.id}")
    assert answer.status_code == 202
    again = answer.json()
    assert (again["status"], again["progress"], again["error"]) == ("queued", 0, None)
    assert [each["status"] for each in again["scenes"]] == ["completed", "queued", "queued"]

    await workshop.work(ScriptedRenderer())
    completed = (await client.get(f"/renders/{render.id}")).json()
    assert (completed["status"], completed["progress"]) == ("completed", 100)
    assert [each["attempts"] for each in completed["scenes"]] == [1, 2, 1]


async def test_a_scene_that_may_have_been_paid_for_is_not_tried_again(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    render = await workshop.order(script(SCENES))
    await workshop.work(ScriptedRenderer(fail_the_second))
    async with workshop.database.transaction() as tx:
        lost = update(RenderSceneRow).where(RenderSceneRow.index == 1)
        await tx.run(lost.values(status=SceneStatus.UNKNOWN))
    answer = await client.post(f"/renders/retry/{render.id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "scene_outcome_unknown")


async def test_a_queued_render_is_cancelled_for_good(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    render = await workshop.order(script(SCENES))
    answer = await client.post(f"/renders/{render.id}/cancel")
    assert answer.status_code == 202
    assert answer.json()["status"] == RenderStatus.CANCELLED
    assert answer.json()["completed_at"] is not None
    assert await workshop.jobs.claim(["film"], LEASE) is None
    again = await client.post(f"/renders/{render.id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "render_finished")
    retried = await client.post(f"/renders/retry/{render.id}")
    assert (retried.status_code, retried.json()["code"]) == (409, "render_not_failed")
    assert "order a new one with POST /renders" in retried.json()["detail"]
