import httpx

from contracts.render import RenderStatus
from tests.film.stage import scene
from tests.live.stage import Set


async def test_a_bought_scene_gets_other_words_and_is_never_bought_again(
    live: Set, client: httpx.AsyncClient
) -> None:
    photos = list(live.album.photos)
    render = await live.order([scene(0, asset_id=photos[0], duration_s=1.0)])
    await live.shoot()
    await live.film()
    path = f"/renders/{render.id}/scenes/0/regenerate"
    for wanted in ({}, {"motion": "hold"}, {"title": "Le séjour", "motion": "hold"}):
        answer = await client.post(path, json=wanted)
        assert (answer.status_code, answer.json()["code"]) == (409, "scene_was_bought")
    before = (await client.get(f"/renders/{render.id}")).json()["video"]["sha256"]

    assert (await client.post(path, json={"on_screen_text": "Le séjour"})).status_code == 202
    await live.shoot()
    await live.film()
    shown = await live.shown(render)
    assert shown.status is RenderStatus.COMPLETED
    assert shown.video is not None
    assert shown.video.sha256 != before
    assert live.fake.creates == 1
