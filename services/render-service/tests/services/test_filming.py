import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import select

from app.core.manifest import Manifest, manifest_of
from app.core.renders import Stage
from app.db import repository
from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.film.studio import FilmStudio
from app.services.renders import cancel
from app.services.shelf import Shelf
from common.clock import utc_now
from common.errors import DependencyUnavailable
from common.jobs import LeaseLost
from common.models import OutboxRow
from contracts.base import Problem
from contracts.render import Render, RenderStatus, SceneStatus
from tests.film.stage import photo, scene, script
from tests.support import (
    Album,
    ScriptedRenderer,
    Workshop,
    fail_the_second,
    finish,
)

EXPIRED = timedelta(seconds=-1)


async def _events(workshop: Workshop) -> list[dict[str, Any]]:
    async with workshop.database.connection() as queries:
        rows = await queries.all(select(OutboxRow.value).order_by(OutboxRow.id))
    return [json.loads(row["value"]) for row in rows]


async def _told(workshop: Workshop) -> list[str]:
    return [event["event_type"] for event in await _events(workshop)]


async def _shown(workshop: Workshop, render: Render) -> Render:
    async with workshop.database.connection() as queries:
        shown = await repository.get(queries, render.id)
    assert shown is not None
    return shown


async def _manifest(workshop: Workshop, render: Render, folder: Path) -> Manifest:
    async with workshop.database.connection() as queries:
        files = await repository.film_files(queries, render.id)
    assert files is not None
    assert files.manifest is not None
    assert await workshop.storage.fetch(files.manifest.key, folder / "manifest.json")
    return Manifest.model_validate_json((folder / "manifest.json").read_bytes())


async def test_a_film_is_made_kept_and_told(workshop: Workshop, tmp_path: Path) -> None:
    """The whole way, with a real film of two seconds, a broken photo and words no face can set."""
    good, broken = uuid4(), uuid4()
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    album = Album({good: photo(tmp_path), broken: tmp_path / "broken.jpg"})
    scenes = [
        scene(0, asset_id=good, duration_s=1.0),
        scene(1, asset_id=broken, duration_s=1.0),
        scene(2, asset_id=good, duration_s=0.5).model_copy(update={"title": "你好 🌴 Villa"}),
    ]
    render = await workshop.order(script(scenes))
    with structlog.testing.capture_logs() as logs:
        await workshop.work(FilmStudio(), album)

    shown = await _shown(workshop, render)
    assert (shown.status, shown.stage, shown.progress) == ("completed", "completed", 100)
    assert shown.video is not None
    assert (shown.video.width, shown.video.height, shown.video.fps) == (1280, 720, 24)
    assert shown.video.duration_s == 2.5
    assert [each.status for each in shown.scenes] == [SceneStatus.COMPLETED] * 3
    assert shown.scenes[1].error is not None
    assert shown.scenes[1].error.code == "picture_unreadable"
    assert album.asked == [good, broken]
    (refusal,) = [line for line in logs if line["event"] == "picture_refused"]
    assert (refusal["log_level"], refusal["render_id"]) == ("warning", str(render.id))
    assert (refusal["scene"], refusal["code"]) == (1, "picture_unreadable")

    events = await _events(workshop)
    assert sorted(
        event["payload"]["scene"]["index"]
        for event in events
        if event["event_type"] == "render.scene.generated"
    ) == [0, 1, 2]
    assert events[-1]["event_type"] == "render.completed"
    assert events[-1]["payload"] == shown.model_dump(mode="json")
    assert {event["correlation_id"] for event in events} == {"from-the-script"}
    async with workshop.database.connection() as queries:
        files = await repository.film_files(queries, render.id)
    assert files is not None
    film = tmp_path / "film.mp4"
    assert await workshop.storage.fetch(files.video.key, film)
    assert b"moov" in film.read_bytes()[:100]
    manifest = await _manifest(workshop, render, tmp_path)
    assert [each.problem for each in manifest.scenes] == [None, shown.scenes[1].error, None]
    assert manifest.scenes[1].origin == "drawn"
    assert [each.glyphs_missing for each in manifest.scenes] == ["", "", "你好🌴"]
    (unset,) = [line for line in logs if line["event"] == "glyphs_missing"]
    assert (unset["log_level"], unset["render_id"]) == ("warning", str(render.id))
    assert (unset["scenes"], unset["signs"]) == ([2], "你好🌴")


async def test_a_failed_film_is_told_with_its_reason(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0), scene(1)]))
    await workshop.work(ScriptedRenderer(fail_the_second))
    shown = await _shown(workshop, render)
    assert shown.status is RenderStatus.FAILED
    assert [each.status for each in shown.scenes] == [SceneStatus.COMPLETED, SceneStatus.FAILED]
    assert await _told(workshop) == ["render.scene.generated", "render.failed"]
    assert await workshop.jobs.claim(["film"], EXPIRED) is None


async def test_a_script_without_scenes_fails_plainly(workshop: Workshop) -> None:
    render = await workshop.order(script([]))
    await workshop.work(FilmStudio())
    shown = await _shown(workshop, render)
    assert shown.error is not None
    assert shown.error.code == "script_unfilmable"


async def test_a_scene_is_told_once_however_often_its_film_is_taken_up(
    workshop: Workshop,
) -> None:
    render = await workshop.order(script([scene(0), scene(1)]))
    await workshop.work(ScriptedRenderer(fail_the_second))
    async with workshop.database.transaction() as tx:
        await repository.set_status(tx, render.id, RenderStatus.QUEUED, Stage.QUEUED)
        await workshop.jobs.enqueue(tx, "film", render.id, {})
    await workshop.work(ScriptedRenderer())
    told = [
        event["payload"]["scene"]["index"]
        for event in await _events(workshop)
        if event["event_type"] == "render.scene.generated"
    ]
    assert told == [0, 1]


async def test_a_film_whose_worker_died_is_finished_by_the_next(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0), scene(1)]))
    await workshop.claim(lease=EXPIRED)
    await workshop.work(ScriptedRenderer())
    assert (await _shown(workshop, render)).status is RenderStatus.COMPLETED
    assert (await _told(workshop)).count("render.completed") == 1


async def test_a_stale_worker_is_refused_and_changes_nothing(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0), scene(1)]))
    stale = await workshop.claim(lease=EXPIRED)
    await workshop.work(ScriptedRenderer())
    before = await _shown(workshop, render)
    with pytest.raises(LeaseLost):
        await workshop.film_job(ScriptedRenderer()).run(stale)
    with pytest.raises(LeaseLost):
        await workshop.film_job(ScriptedRenderer()).give_up(
            stale, Problem(code="late", detail="too late")
        )
    assert await _shown(workshop, render) == before


async def test_losing_the_lease_ends_the_making(workshop: Workshop) -> None:
    """Cancelled while it waits for frames that never come: the reports find out."""
    render = await workshop.order(script([scene(0)]))

    async def wait_for_ever(
        order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        async with workshop.database.transaction() as tx:
            await cancel(tx, workshop.jobs, render.id)
        watcher.frames_done(0, 1)
        await asyncio.Event().wait()

    with pytest.raises(LeaseLost):
        await workshop.work(ScriptedRenderer(wait_for_ever))
    assert (await _shown(workshop, render)).status is RenderStatus.CANCELLED


async def test_progress_is_seen_while_the_film_is_made(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0)]))
    seen: list[Render] = []

    async def half_way(
        order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        await watcher.scene_started(0)
        watcher.frames_done(50, 100)
        async with asyncio.timeout(10):
            while not seen or seen[-1].progress == 0:
                seen.append(await _shown(workshop, render))
                await asyncio.sleep(0.05)
        await finish(0, folder, store, watcher)

    await workshop.work(ScriptedRenderer(half_way))
    assert (seen[-1].status, seen[-1].stage) == (RenderStatus.RUNNING, Stage.RENDERING_SCENES)
    assert seen[-1].progress == 50
    assert seen[-1].scenes[0].status is SceneStatus.RUNNING


class _Down:
    async def fetch(self, asset_id: UUID, target: Path) -> None:
        raise DependencyUnavailable(f"no answer for {asset_id}, {target.name}")


async def test_a_peer_that_is_down_leaves_the_film_for_later(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0, asset_id=uuid4())]))
    with pytest.raises(DependencyUnavailable):
        await workshop.work(ScriptedRenderer(), _Down())
    assert (await _shown(workshop, render)).status is RenderStatus.RUNNING
    assert await _told(workshop) == []


async def test_an_unforeseen_failure_is_written_down_and_told(workshop: Workshop) -> None:
    render = await workshop.order(script([scene(0)]))
    job = await workshop.claim()
    await workshop.film_job(ScriptedRenderer()).give_up(
        job, Problem(code="internal_error", detail="unforeseen failure")
    )
    shown = await _shown(workshop, render)
    assert shown.error is not None
    assert (shown.status, shown.error.code) == (RenderStatus.FAILED, "internal_error")
    assert await _told(workshop) == ["render.failed"]


async def test_a_film_never_replaces_another(workshop: Workshop, tmp_path: Path) -> None:
    """Two workers, one of them stale, put their films side by side."""
    shelf = Shelf(workshop.storage, uuid4())
    for name in ("film.mp4", "poster.jpg"):
        (tmp_path / name).write_bytes(b"content")
    film = Film(
        video=tmp_path / "film.mp4",
        poster=tmp_path / "poster.jpg",
        storyboard=tmp_path / "poster.jpg",
        preview=tmp_path / "poster.jpg",
        captions="WEBVTT\n",
        subtitles="1\n",
        duration_s=1.0,
        disclosures=(),
    )
    ordered = script([scene(0)])
    render = await workshop.order(ordered)
    manifest = manifest_of(render, ordered, (), {}, utc_now())
    first, second = [await shelf.put_film(film, manifest) for _ in range(2)]
    assert first.video.key != second.video.key
    assert first.video.sha256 == second.video.sha256
