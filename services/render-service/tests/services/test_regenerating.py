"""One scene of a finished film is made again; the film that is there stays until then."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from app.core.changes import SceneChange
from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.services.regenerating import regenerate
from common.errors import Unprocessable
from common.models import OutboxRow
from contracts.asset import AssetType
from contracts.render import Render
from tests.film.stage import photo, scene, script
from tests.services.test_replacing_photos import PHOTO, asset_with
from tests.support import Album, ScriptedRenderer, Workshop, fail_the_second, finish_all

OTHER_PHOTO = uuid4()
SCENES = [scene(0), scene(1, asset_id=PHOTO), scene(2, asset_id=OTHER_PHOTO), scene(3)]


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album({PHOTO: photo(tmp_path, "1.jpg"), OTHER_PHOTO: photo(tmp_path, "2.png")})


@pytest.fixture
async def finished(workshop: Workshop, album: Album) -> Render:
    """A finished film of two photos between two cards."""
    render = await workshop.order(script(SCENES))
    await workshop.work(ScriptedRenderer(), album)
    return render


Ask = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def ask(client: httpx.AsyncClient, finished: Render) -> Ask:
    """Has a scene made again, as a request asks."""

    async def post(index: int, wanted: object = None, **headers: str) -> httpx.Response:
        path = f"/renders/{finished.id}/scenes/{index}/regenerate"
        return await client.post(path, json=wanted, headers=headers)

    return post


@dataclass
class Recut:
    """A scenario whose film differs from the one before, and that remembers what was ordered."""

    orders: list[FilmOrder] = field(default_factory=list)

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        self.orders.append(order)
        film = await ScriptedRenderer().make(order, folder, store, watcher)
        film.video.write_bytes(b"another film")
        return replace(film, captions="WEBVTT\n\nother captions\n")


async def _told(workshop: Workshop) -> list[str]:
    async with workshop.database.connection() as queries:
        rows = await queries.all(select(OutboxRow.value).order_by(OutboxRow.id))
    return [json.loads(row["value"])["event_type"] for row in rows]


async def test_a_changed_scene_is_filmed_told_and_written_in_the_manifest(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask, album: Album
) -> None:
    before = await _told(workshop)
    answer = await ask(1, {"on_screen_text": "Vue  sur le parc", "motion": "pan_left"})
    assert answer.status_code == 202, answer.text
    asked = answer.json()
    assert (asked["status"], asked["progress"], asked["completed_at"]) == ("queued", 0, None)
    statuses = ["completed", "queued", "completed", "completed"]
    assert [each["status"] for each in asked["scenes"]] == statuses
    recut = Recut()
    await workshop.work(recut, album)

    (order,) = recut.orders
    texts = [each.on_screen_text for each in order.script.scenes]
    assert texts == ["Séjour de 42 m²", "Vue sur le parc", "Séjour de 42 m²", "Séjour de 42 m²"]
    shown = (await client.get(f"/renders/{finished.id}")).json()
    assert (shown["status"], shown["progress"]) == ("completed", 100)
    assert [each["attempts"] for each in shown["scenes"]] == [1, 2, 1, 1]
    assert (await _told(workshop))[len(before) :] == ["render.scene.generated", "render.completed"]
    manifest = (await client.get(shown["manifest_url"])).json()
    assert manifest["scenes"][1]["scene"]["on_screen_text"] == "Vue sur le parc"
    assert manifest["scenes"][1]["scene"]["motion"] == "pan_left"


async def test_the_film_that_is_there_can_be_fetched_until_the_new_one_is_complete(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask, album: Album
) -> None:
    async def files() -> list[bytes]:
        names = ("video", "captions", "poster", "storyboard", "preview", "scenes/1/video")
        return [(await client.get(f"/renders/{finished.id}/{name}")).content for name in names]

    old, seen = await files(), []

    async def look_meanwhile(
        order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        still = folder / "other.jpg"
        still.write_bytes(b"another poster")
        await watcher.stills_drawn(still, still)
        await finish_all(order, folder, store, watcher)
        clip = folder / "other.mp4"
        clip.write_bytes(b"another clip")
        await store.keep("another-key", clip)
        await watcher.scene_finished(1, "another-key", clip)
        seen.append(await files())

    await ask(1, {"title": "Le séjour"})
    assert await files() == old
    await workshop.work(ScriptedRenderer(look_meanwhile), album)
    assert seen == [old]
    assert (await files())[-1] == b"another clip"
    await ask(1, {"title": "Le grand séjour"})
    await workshop.work(Recut(), album)
    assert (await files())[:2] == [b"another film", b"WEBVTT\n\nother captions\n"]


async def test_a_failure_costs_the_new_film_only_and_can_be_tried_again(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask, album: Album
) -> None:
    await ask(1, {"title": "Le séjour"})
    await workshop.work(ScriptedRenderer(fail_the_second), album)
    failed = (await client.get(f"/renders/{finished.id}")).json()
    assert (failed["status"], failed["error"]["code"]) == ("failed", "scenes_failed")
    assert "the film from before is still there; retry" in failed["error"]["detail"]
    assert (await client.get(failed["video"]["url"])).content == b"0123456789"

    assert (await client.post(f"/renders/retry/{finished.id}")).status_code == 202
    recut = Recut()
    await workshop.work(recut, album)
    assert recut.orders[0].script.scenes[1].title == "Le séjour"
    assert (await client.get(failed["video"]["url"])).content == b"another film"


async def test_a_change_that_could_not_be_filmed_is_dropped_by_the_next(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask, album: Album
) -> None:
    await ask(1, {"title": "Le séjour"})
    await workshop.work(ScriptedRenderer(), album)
    await ask(1, {"title": "Le grand séjour", "motion": "hold"})
    await workshop.work(ScriptedRenderer(fail_the_second), album)
    asked = (await ask(2, {"title": "La cuisine"})).json()
    statuses = ["completed", "completed", "queued", "completed"]
    assert [each["status"] for each in asked["scenes"]] == statuses
    assert asked["scenes"][1]["error"] is None
    recut = Recut()
    await workshop.work(recut, album)
    (order,) = recut.orders
    assert [each.title for each in order.script.scenes[1:3]] == ["Le séjour", "La cuisine"]
    assert (await client.get(f"/renders/{finished.id}")).json()["status"] == "completed"


async def test_a_film_whose_second_making_is_cancelled_is_complete_as_it_was(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask, album: Album
) -> None:
    before = (await client.get(f"/renders/{finished.id}")).json()
    await ask(1, {"title": "Le séjour"})
    cancelled = await client.post(f"/renders/{finished.id}/cancel")
    assert cancelled.status_code == 202
    changing = {"updated_at", "completed_at"}
    after = cancelled.json()
    assert {**after, **dict.fromkeys(changing)} == {**before, **dict.fromkeys(changing)}
    recut = Recut()
    await ask(2, {"title": "La cuisine"})
    await workshop.work(recut, album)
    assert recut.orders[0].script.scenes[1].title == "Villa Horizon"


async def test_changes_add_up_and_the_last_word_counts(
    workshop: Workshop, ask: Ask, album: Album
) -> None:
    recut = Recut()
    for index, change in [
        (1, {"title": "Le séjour", "narration": "Un séjour."}),
        (2, {"title": "La cuisine"}),
        (1, {"title": "Le salon"}),
        (1, None),
    ]:
        assert (await ask(index, change)).status_code == 202
        await workshop.work(recut, album)
    filmed = recut.orders[-1].script.scenes
    assert [each.title for each in filmed] == [
        *("Villa Horizon", "Le salon", "La cuisine", "Villa Horizon")
    ]
    assert filmed[1].narration == "Un séjour."


async def test_a_film_in_the_making_is_not_changed(
    client: httpx.AsyncClient, workshop: Workshop, finished: Render, ask: Ask
) -> None:
    assert (await ask(1)).status_code == 202
    for index in (1, 2):
        answer = await ask(index)
        assert (answer.status_code, answer.json()["code"]) == (409, "render_not_completed")
    first = await workshop.order(script(SCENES))
    answer = await client.post(f"/renders/{first.id}/scenes/0/regenerate")
    assert (answer.status_code, answer.json()["code"]) == (409, "render_not_completed")


async def test_an_unknown_scene_or_render_is_not_found(client: httpx.AsyncClient, ask: Ask) -> None:
    assert (await ask(4)).status_code == 404
    assert (await client.post(f"/renders/{uuid4()}/scenes/0/regenerate")).status_code == 404


@pytest.mark.parametrize(
    ("index", "wanted", "code"),
    [
        (1, {"colour": "red"}, "validation_error"),
        (1, {"title": None}, "validation_error"),
        (1, {"motion": "spin"}, "validation_error"),
        (1, {"on_screen_text": "un deux trois quatre cinq six sept huit neuf"}, "validation_error"),
        (1, {"narration": "mot " * 20}, "narration_too_long"),
        (0, {"motion": "hold"}, "scene_shows_no_photo"),
    ],
)
async def test_a_change_that_cannot_be_filmed_is_refused(
    ask: Ask, index: int, wanted: dict[str, str], code: str
) -> None:
    answer = await ask(index, wanted)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_change_sent_twice_with_one_key_is_made_once(ask: Ask) -> None:
    answers = [await ask(1, {"title": "Le séjour"}, **{"Idempotency-Key": "once"}) for _ in "12"]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()


async def test_a_plan_does_not_take_a_photo_s_place(workshop: Workshop, finished: Render) -> None:
    plan = asset_with(poi_id=finished.poi_id, asset_type=AssetType.PLAN)
    async with workshop.database.transaction() as tx:
        with pytest.raises(Unprocessable, match="plan"):
            await regenerate(
                tx, workshop.jobs, finished.id, 1, SceneChange(asset_id=PHOTO), asset=plan
            )
