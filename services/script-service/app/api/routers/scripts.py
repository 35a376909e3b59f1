"""The endpoints of scripts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.deps import Generator
from app.core.brief import ScriptOrder, Tone
from app.db.scripts import find
from app.services.showing import show
from common.dependencies import Reads
from common.idempotency import IdempotentRoute
from common.pagination import Page
from contracts.script import Language, Script, ScriptAspectRatio

router = APIRouter(prefix="/scripts", tags=["scripts"], route_class=IdempotentRoute)


@router.post("/generate", status_code=201)
async def generate_script(  # noqa: PLR0917 - FastAPI passes them by name
    poi_id: UUID,
    generator: Generator,
    response: Response,
    language: Language = "fr",
    aspect_ratio: ScriptAspectRatio = ScriptAspectRatio.LANDSCAPE,
    duration_s: Annotated[int, Query(ge=15, le=90, description="Seconds.")] = 30,
    tone: Annotated[
        Tone,
        Query(
            description="How the film speaks, its facts staying the same: `neutral` states, `warm`"
            " welcomes, `luxury` takes its time, `dynamic` moves on."
        ),
    ] = Tone.NEUTRAL,
) -> Script:
    """Write a video script from the property's own facts, pictures and words."""
    order = ScriptOrder(
        language=language, aspect_ratio=aspect_ratio, duration_s=duration_s, tone=tone
    )
    script = await generator.generate(poi_id, order)
    response.headers["Location"] = f"/scripts/{script.id}"
    return script


@router.get("")
async def list_scripts(queries: Reads, page: Page, poi_id: UUID | None = None) -> list[Script]:
    """Scripts, of one property or of all, newest first."""
    return page.cut(await find(queries, poi_id, before=page.before, limit=page.fetch))


@router.get("/{script_id}")
async def get_script(script_id: UUID, queries: Reads) -> Script:
    """One script with its scenes."""
    return await show(queries, script_id)
