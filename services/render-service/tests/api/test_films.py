import hashlib
from pathlib import Path

import httpx
import pytest

from app.film.orders import FilmOrder, FilmWatcher, SegmentStore
from app.film.values import FilmError
from contracts.render import Render
from tests.film.stage import scene, script
from tests.support import ScriptedRenderer, Workshop


@pytest.fixture
async def render(workshop: Workshop) -> Render:
    render = await workshop.order(script([scene(0), scene(1)]))
    await workshop.work(ScriptedRenderer())
    return render


@pytest.mark.parametrize(
    ("path", "media_type", "content"),
    [
        ("video", "video/mp4", b"0123456789"),
        ("poster", "image/jpeg", b"poster"),
        ("captions", "text/vtt; charset=utf-8", b"WEBVTT\n"),
        ("subtitles", "application/x-subrip; charset=utf-8", b"1\n"),
        ("storyboard", "image/jpeg", b"poster"),
        ("preview", "image/webp", b"preview"),
        ("scenes/1/video", "video/mp4", b"clip 1"),
    ],
)
async def test_the_files_of_a_film_are_served_with_their_type_and_tag(
    client: httpx.AsyncClient, render: Render, path: str, media_type: str, content: bytes
) -> None:
    answer = await client.get(f"/renders/{render.id}/{path}")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"] == media_type
    assert answer.headers["etag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    head = await client.head(f"/renders/{render.id}/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(content))


async def test_a_range_of_the_video_is_served(client: httpx.AsyncClient, render: Render) -> None:
    answer = await client.get(f"/renders/{render.id}/video", headers={"Range": "bytes=2-5"})
    assert (answer.status_code, answer.content) == (206, b"2345")
    assert answer.headers["content-range"] == "bytes 2-5/10"


async def test_a_range_beyond_the_end_is_refused(client: httpx.AsyncClient, render: Render) -> None:
    answer = await client.get(f"/renders/{render.id}/video", headers={"Range": "bytes=10-"})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")


async def test_a_film_that_one_has_is_not_sent_again(
    client: httpx.AsyncClient, render: Render
) -> None:
    etag = (await client.head(f"/renders/{render.id}/video")).headers["etag"]
    answer = await client.get(f"/renders/{render.id}/video", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


async def test_the_render_says_where_its_film_is_and_what_it_is(
    client: httpx.AsyncClient, render: Render
) -> None:
    shown = (await client.get(f"/renders/{render.id}")).json()
    assert shown["video"] == {
        "url": f"/renders/{render.id}/video",
        "width": 1280,
        "height": 720,
        "fps": 24,
        "duration_s": 4.0,
        "size_bytes": 10,
        "sha256": hashlib.sha256(b"0123456789").hexdigest(),
    }
    assert shown["poster_url"] == f"/renders/{render.id}/poster"
    assert shown["captions_url"] == f"/renders/{render.id}/captions"
    assert shown["storyboard_url"] == f"/renders/{render.id}/storyboard"
    assert shown["preview_url"] == f"/renders/{render.id}/preview"
    assert shown["subtitles_url"] == f"/renders/{render.id}/subtitles"
    assert shown["manifest_url"] == f"/renders/{render.id}/manifest"


async def test_a_film_that_is_not_finished_is_not_there_yet(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    render = await workshop.order(script([scene(0)]))
    for path in ("video", "poster", "captions", "subtitles", "manifest", "storyboard", "preview"):
        answer = await client.get(f"/renders/{render.id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "render_not_completed")
    answer = await client.get(f"/renders/{render.id}/scenes/0/video")
    assert (answer.status_code, answer.json()["code"]) == (404, "scene_not_completed")
    answer = await client.get(f"/renders/{render.id}/scenes/1/video")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_poster_and_storyboard_are_there_before_the_film(
    client: httpx.AsyncClient, workshop: Workshop
) -> None:
    async def draw_and_fail(
        order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        still = folder / "still.jpg"
        still.write_bytes(b"still")
        await watcher.stills_drawn(still, still)
        raise FilmError("renderer_crashed", "the renderer was ended by SIGSEGV")

    render = await workshop.order(script([scene(0)]))
    await workshop.work(ScriptedRenderer(draw_and_fail))
    shown = (await client.get(f"/renders/{render.id}")).json()
    assert (shown["status"], shown["video"], shown["preview_url"]) == ("failed", None, None)
    for url in (shown["poster_url"], shown["storyboard_url"]):
        assert (await client.get(url)).content == b"still"
