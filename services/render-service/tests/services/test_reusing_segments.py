"""What a film has shown alike is taken from there, whoever makes it again."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.core.changes import SceneChange
from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.film.studio import FilmStudio
from app.services.regenerating import regenerate
from contracts.script import Scene
from tests.film.stage import TINY, photo, scene, script
from tests.support import Album, Workshop

PHOTO, OTHER_PHOTO = uuid4(), uuid4()
SCENES = [scene(index) for index in range(4)]


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album({PHOTO: photo(tmp_path, "1.jpg"), OTHER_PHOTO: photo(tmp_path, "2.png")})


@dataclass
class TinyStudio:
    """The real studio with a small frame; remembers which segments it had to render."""

    rendered: list[str] = field(default_factory=list)

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        small = replace(order, frame=TINY)
        return await FilmStudio().make(small, folder, Listed(store, self.rendered), watcher)


@dataclass
class Listed:
    """A store that lists what is newly kept."""

    store: SegmentStore
    kept: list[str]

    async def fetch(self, key: str, target: Path) -> bool:
        return await self.store.fetch(key, target)

    async def keep(self, key: str, source: Path) -> None:
        self.kept.append(key)
        await self.store.keep(key, source)


def _never_filmed(assets: list[UUID | None]) -> list[Scene]:
    """Short scenes with words that no other test has had filmed."""
    word = uuid4().hex[:8]
    told = {"duration_s": 1.5, "title": word, "on_screen_text": word}
    return [
        each.model_copy(update={**told, "asset_id": asset_id})
        for each, asset_id in zip(SCENES, assets, strict=True)
    ]


@pytest.mark.parametrize(
    "change", [SceneChange(title="Le séjour"), SceneChange(asset_id=OTHER_PHOTO)]
)
async def test_only_the_scene_and_its_transitions_are_rendered_again(
    workshop: Workshop, album: Album, change: SceneChange
) -> None:
    """Also with another photo: the rest keeps the light that it was matched to."""
    scenes = _never_filmed([PHOTO, PHOTO, OTHER_PHOTO, None])
    render = await workshop.order(script(scenes))
    first = TinyStudio()
    await workshop.work(first, album)
    assert len(first.rendered) == 4 + 3
    async with workshop.database.transaction() as tx:
        await regenerate(tx, workshop.jobs, render.id, 1, change)
    again = TinyStudio()
    await workshop.work(again, album)
    assert len(again.rendered) == 1 + 2


async def test_a_new_script_films_only_what_no_film_has_shown_yet(
    workshop: Workshop, album: Album
) -> None:
    scenes = _never_filmed([PHOTO, PHOTO, PHOTO, PHOTO])
    await workshop.order(script(scenes))
    await workshop.work(TinyStudio(), album)
    scenes[3] = scenes[3].model_copy(update={"on_screen_text": "Au calme"})
    await workshop.order(script(scenes))
    again = TinyStudio()
    await workshop.work(again, album)
    assert len(again.rendered) == 1 + 1
