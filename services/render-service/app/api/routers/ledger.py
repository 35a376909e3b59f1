"""The endpoints of what films cost: quotes, paid attempts, spending, and what a person resolves."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from app.api.deps import DefaultMode, DefaultProfile, FilmJobs, Provider, SceneIndex, Terms
from app.api.schemas import RenderOrder, Resolution
from app.core.ledger import Attempt
from app.db import attempts
from app.db.attempts import AttemptFilter, DaySpending
from app.services import resolving
from app.services.quotes import Quote, quote
from common.dependencies import Reads, ServiceDatabase
from common.idempotency import IdempotentRoute
from common.pagination import Page
from contracts.render import Render

router = APIRouter(prefix="/renders", tags=["ledger"], route_class=IdempotentRoute)


@router.post("/quote")
async def quote_render(
    order: RenderOrder, queries: Reads, terms: Terms, mode: DefaultMode, default: DefaultProfile
) -> Quote:
    """What a film would cost, before anything is spent."""
    return await quote(
        queries,
        terms,
        mode,
        script_id=order.script_id,
        aspect_ratio=order.aspect_ratio,
        profile=order.profile or default,
    )


@router.get("/attempts")
async def list_attempts(
    queries: Reads, page: Page, wanted: Annotated[AttemptFilter, Depends()]
) -> list[Attempt]:
    """Paid attempts that fit every filter given, newest first; unknown ones wait for a person."""
    return page.cut(await attempts.find(queries, wanted, before=page.before, limit=page.fetch))


@router.get("/spending")
async def list_spending(
    queries: Reads, days: Annotated[int, Query(ge=1, le=366)] = 30
) -> list[DaySpending]:
    """Credits estimated and charged on each of the last days (UTC), newest first."""
    return await attempts.spending(queries, days)


@router.post("/{render_id}/scenes/{index}/resolve")
async def resolve_scene(
    *,
    render_id: UUID,
    index: SceneIndex,
    resolution: Resolution,
    database: ServiceDatabase,
    jobs: FilmJobs,
    terms: Terms,
    provider: Provider,
) -> Render:
    """Say what became of a paid call whose answer was lost; then retry the render."""
    task_id = resolution.adopt
    if task_id is not None:
        await resolving.check_task(provider, task_id)
    async with database.transaction() as tx:
        if task_id is not None:
            return await resolving.adopt(tx, jobs, terms, (render_id, index), task_id)
        return await resolving.abandon(tx, terms, (render_id, index))
