"""How a film is cut: what is asked for is made, shown, and written in its manifest."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.film.orders import FilmOrder, FilmWatcher, SegmentStore
from tests.film.stage import scene, script
from tests.support import Album, ScriptedRenderer, Workshop, finish_all


class Remembering:
    """A scenario that remembers what it was asked to film."""

    def __init__(self) -> None:
        self.orders: list[FilmOrder] = []
        self.music: list[bytes | None] = []

    async def __call__(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        self.orders.append(order)
        heard = await asyncio.to_thread(order.music.read_bytes) if order.music else None
        self.music.append(heard)
        await finish_all(order, folder, store, watcher)


@pytest.fixture
def assets(tmp_path: Path) -> dict[UUID, Path]:
    """A photo and a piece of music."""
    files = {uuid4(): tmp_path / "photo.jpg", uuid4(): tmp_path / "music.mp3"}
    for file in files.values():
        file.write_bytes(file.name.encode())
    return files


Filmed = Callable[..., Awaitable[tuple[dict[str, Any], Remembering]]]


@pytest.fixture
def filmed(client: httpx.AsyncClient, workshop: Workshop, assets: dict[UUID, Path]) -> Filmed:
    """Films a script with a photo and music, as a request asks; the render, and what was filmed."""
    photo, music = assets

    async def film(**wanted: object) -> tuple[dict[str, Any], Remembering]:
        ordered = script([scene(0, asset_id=photo), scene(1)])
        ordered = ordered.model_copy(update={"music_asset_id": music})
        await workshop.order(ordered)
        await workshop.work(ScriptedRenderer(), Album(assets))
        answer = await client.post("/renders", json={"script_id": str(ordered.id), **wanted})
        assert answer.status_code == 202, answer.text
        remembering = Remembering()
        await workshop.work(ScriptedRenderer(remembering), Album(assets))
        return (await client.get(f"/renders/{answer.json()['id']}")).json(), remembering

    return film


async def test_a_film_has_the_property_s_music_captions_beside_it_and_its_agency(
    filmed: Filmed,
) -> None:
    render, remembering = await filmed()
    assert (render["branding"], render["captions"], render["sound"]) == (True, "beside", "auto")
    assert remembering.music == [b"music.mp3"]
    (order,) = remembering.orders
    assert (order.branded, order.burned, order.silent) == (True, False, False)


async def test_a_film_may_have_the_bed_of_our_own_or_none(filmed: Filmed) -> None:
    _, with_bed = await filmed(sound="ambience")
    assert (with_bed.music, with_bed.orders[0].silent) == ([None], False)
    render, silent = await filmed(sound="none")
    assert (silent.music, silent.orders[0].silent) == ([None], True)
    assert render["sound"] == "none"


async def test_a_film_may_be_without_its_agency_and_with_captions_in_the_picture(
    filmed: Filmed,
) -> None:
    render, remembering = await filmed(branding=False, captions="burned")
    (order,) = remembering.orders
    assert (order.branded, order.burned) == (False, True)
    assert (render["branding"], render["captions"]) == (False, "burned")


async def test_music_that_is_gone_costs_the_film_no_more_than_its_music(
    client: httpx.AsyncClient, filmed: Filmed, assets: dict[UUID, Path]
) -> None:
    _, music = assets
    del assets[music]
    render, remembering = await filmed()
    assert (render["status"], remembering.music) == ("completed", [None])
    manifest = (await client.get(render["manifest_url"])).json()
    assert (manifest["sound"], manifest["music_sha256"]) == ("ambience", None)


async def test_the_manifest_names_all_that_went_into_the_film(
    client: httpx.AsyncClient, filmed: Filmed
) -> None:
    render, _ = await filmed(branding=False)
    manifest = (await client.get(render["manifest_url"])).json()
    assert manifest["script_id"] == render["script_id"]
    assert manifest["cut"]["branding"] is False
    assert manifest["film_sha256"] == hashlib.sha256(b"0123456789").hexdigest()
    assert manifest["sound"] == "music"
    assert manifest["music_sha256"] == hashlib.sha256(b"music.mp3").hexdigest()
    photographed, drawn = manifest["scenes"]
    assert photographed["photo_sha256"] == hashlib.sha256(b"photo.jpg").hexdigest()
    assert photographed["origin"] == "rendered from a photograph"
    assert (drawn["photo_sha256"], drawn["origin"]) == (None, "drawn")


@pytest.mark.parametrize(
    "wanted", [{"sound": "loud"}, {"captions": "sung"}, {"branding": "perhaps"}]
)
async def test_a_cut_that_is_not_on_offer_is_refused_by_name(
    client: httpx.AsyncClient, wanted: dict[str, str]
) -> None:
    answer = await client.post("/renders", json={"script_id": str(uuid4()), **wanted})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", *wanted]
