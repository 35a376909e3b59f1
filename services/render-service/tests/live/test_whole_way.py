import hashlib
from dataclasses import replace

import httpx
import pytest

from app.film.lab import Lab
from contracts.render import RenderStatus, SceneStatus
from tests.film.stage import scene
from tests.live.stage import Set


@pytest.fixture
def live(live: Set) -> Set:
    """With real pictures."""
    return replace(live, lab=Lab())


async def test_a_film_is_shot_at_the_provider_and_cut_here(
    live: Set, client: httpx.AsyncClient
) -> None:
    photos = list(live.album.photos)
    render = await live.order(
        [
            scene(0, asset_id=photos[0], duration_s=1.0),
            scene(1, duration_s=1.0),
            scene(2, asset_id=photos[1], duration_s=1.0),
        ]
    )
    assert [each.provider for each in render.scenes] == ["runway", "local", "runway"]
    await live.shoot()
    bought = await live.shown(render)
    assert [each.status for each in bought.scenes] == [
        SceneStatus.COMPLETED,
        SceneStatus.QUEUED,
        SceneStatus.COMPLETED,
    ]
    await live.film()
    shown = await live.shown(render)
    assert (shown.status, shown.error) == (RenderStatus.COMPLETED, None)
    assert shown.video is not None
    assert shown.video.duration_s == 3.0
    assert live.fake.creates == 2
    scenes = (await client.get(f"/renders/{render.id}/manifest")).json()["scenes"]
    sent = [hashlib.sha256(live.album.photos[each].read_bytes()).hexdigest() for each in photos[:2]]
    assert [each["photo_sha256"] for each in scenes] == [sent[0], None, sent[1]]
