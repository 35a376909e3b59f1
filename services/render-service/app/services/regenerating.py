"""Use case: one scene of a finished film is made again, maybe changed."""

from typing import Protocol
from uuid import UUID

from app.core.changes import FASTEST_NARRATION, SceneChange
from app.core.renders import FINISHED, Stage, shows_photo
from app.db import repository, scenes
from app.services.ordering import FILM_JOB
from common.db import Queries, Transaction
from common.errors import NotFoundError, Unprocessable, WorkflowError
from common.jobs import Jobs
from contracts.asset import Asset, AssetType, ContentStatus, Room
from contracts.render import Render, RenderStatus, SceneStatus
from contracts.script import Scene

_PICTURES = frozenset({AssetType.PHOTO, AssetType.PLAN})


class AssetCatalog(Protocol):
    """What is known of assets."""

    async def find(self, asset_id: UUID) -> Asset | None:
        """The asset, or None. Raises DependencyUnavailable."""


async def check_asset(catalog: AssetCatalog, asset_id: UUID, poi_id: UUID) -> Asset:
    """The asset that a scene is to show, which has to be a picture of the same property.

    Raises Unprocessable `asset_unfit` and DependencyUnavailable.
    """
    asset = await catalog.find(asset_id)
    if asset is None or asset.poi_id != poi_id:
        raise Unprocessable(f"the property has no asset {asset_id}", code="asset_unfit")
    if asset.asset_type not in _PICTURES or asset.content_status is not ContentStatus.AVAILABLE:
        raise Unprocessable(
            f"asset {asset_id} is a {asset.asset_type} whose content is {asset.content_status};"
            " a scene shows a photo or a plan whose content is there",
            code="asset_unfit",
        )
    return asset


async def regenerate(
    tx: Transaction,
    jobs: Jobs,
    render_id: UUID,
    index: int,
    change: SceneChange,
    *,
    asset: Asset | None = None,
) -> Render:
    """Has a finished film made again with one scene changed; until then it stays as it is.

    A change whose film could not be made is dropped: this one is upon the film that is there.
    `asset` is the one that the change names. Raises NotFoundError; WorkflowError
    `render_not_completed` and `scene_was_bought`; Unprocessable `scene_shows_no_photo`,
    `asset_unfit` and `narration_too_long`.
    """
    render = await repository.get_for_update(tx, render_id)
    if render is None:
        raise NotFoundError(f"there is no render {render_id}")
    if not 0 <= index < len(render.scenes):
        raise NotFoundError(f"the render has no scene {index}")
    if render.video is None or render.status not in FINISHED:
        raise WorkflowError(
            f"only a scene of a finished film can be made again; the render is {render.status}",
            code="render_not_completed",
        )
    is_bought = render.scenes[index].provider == "runway"
    if is_bought and not change.has_new_words_only:
        raise WorkflowError(
            "the scene's clip was bought and would have to be bought again: change its words only,"
            " or order another render",
            code="scene_was_bought",
        )
    _check(await _scene(tx, render, index), change, asset)
    await scenes.take_back(tx, render_id)
    earlier = (await scenes.changes(tx, render_id)).get(index)
    await scenes.want(tx, render_id, index, change.upon(earlier))
    if not is_bought:
        await scenes.change(tx, render_id, index, {"status": SceneStatus.QUEUED, "error": None})
    await repository.set_status(tx, render_id, RenderStatus.QUEUED, Stage.QUEUED, progress=0)
    await jobs.enqueue(tx, FILM_JOB, render_id, {})
    again = await repository.get(tx, render_id)
    return again or render


def _check(scene: Scene, change: SceneChange, asset: Asset | None) -> None:
    if not (change.motion is None and change.asset_id is None) and not shows_photo(scene):
        raise Unprocessable(
            "the scene is a drawn card: it has no photo to show or to move over",
            code="scene_shows_no_photo",
        )
    if asset is not None and (asset.asset_type is AssetType.PLAN) != (scene.room is Room.PLAN):
        raise Unprocessable(
            "a plan can take the place of a plan only, a photo that of a photo", code="asset_unfit"
        )
    fits = round(FASTEST_NARRATION * scene.duration_s)
    if change.narration is not None and len(change.narration) > fits:
        raise Unprocessable(
            f"the narration has {len(change.narration)} characters; at most {fits} can be said in"
            f" the {scene.duration_s:g} s of the scene",
            code="narration_too_long",
        )


async def _scene(queries: Queries, render: Render, index: int) -> Scene:
    """The scene as its script has it."""
    script = await repository.get_script(queries, render.script_id)
    if script is None:
        raise LookupError(f"render {render.id} has no script")
    return script.scenes[index]
