"""The endpoints of renders."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.api.deps import Assets, DefaultMode, DefaultProfile, FilmJobs, SceneIndex, Terms
from app.api.schemas import Regeneration, RenderOrder
from app.core.changes import SceneChange
from app.db.repository import RenderFilter, find
from app.services import ordering, regenerating, renders
from common.dependencies import Reads, ServiceDatabase, Writes
from common.idempotency import IdempotentRoute
from common.pagination import Page
from contracts.render import Render

router = APIRouter(prefix="/renders", tags=["renders"], route_class=IdempotentRoute)


@router.post("", status_code=202)
async def order_render(
    *,
    order: RenderOrder,
    tx: Writes,
    jobs: FilmJobs,
    default: DefaultProfile,
    mode: DefaultMode,
    response: Response,
) -> Render:
    """Render a known script again, maybe in another format."""
    render = await ordering.order_again(
        tx,
        jobs,
        order.script_id,
        order.cut,
        profile=default,
        mode=mode,
    )
    response.headers["Location"] = f"/renders/{render.id}"
    return render


@router.get("")
async def list_renders(
    queries: Reads, page: Page, wanted: Annotated[RenderFilter, Depends()]
) -> list[Render]:
    """Renders that fit every filter given, newest first, with their scenes."""
    return page.cut(await find(queries, wanted, before=page.before, limit=page.fetch))


@router.get("/{render_id}")
async def get_render(render_id: UUID, queries: Reads) -> Render:
    """One render with its scenes, its progress and, once completed, its film."""
    return await renders.show(queries, render_id)


@router.post("/retry/{render_id}", status_code=202)
async def retry_render(render_id: UUID, tx: Writes, jobs: FilmJobs, terms: Terms) -> Render:
    """Try a failed render again; finished scenes are kept, never made or paid for again."""
    return await renders.retry(tx, jobs, terms, render_id)


@router.post("/{render_id}/cancel", status_code=202)
async def cancel_render(render_id: UUID, tx: Writes, jobs: FilmJobs) -> Render:
    """Stop a render that is queued or running, for good."""
    return await renders.cancel(tx, jobs, render_id)


@router.post("/{render_id}/scenes/{index}/regenerate", status_code=202)
async def regenerate_scene(
    *,
    render_id: UUID,
    index: SceneIndex,
    wanted: Regeneration | None = None,
    database: ServiceDatabase,
    jobs: FilmJobs,
    assets: Assets,
) -> Render:
    """Make a finished film again with one scene changed: only that scene and the transitions
    about it are rendered. The film that is there can be fetched until the new one is complete.
    """
    change = wanted.change if wanted else SceneChange()
    asset = None
    if change.asset_id is not None:
        async with database.connection() as queries:
            render = await renders.show(queries, render_id)
        asset = await regenerating.check_asset(assets, change.asset_id, render.poi_id)
    async with database.transaction() as tx:
        return await regenerating.regenerate(tx, jobs, render_id, index, change, asset=asset)
