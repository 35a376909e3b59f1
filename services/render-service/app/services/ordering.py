"""Use cases: a film is ordered, by the event of its script or by a request."""

from uuid import UUID

from app.core.renders import new_render
from app.db import repository
from common.clock import utc_now
from common.db import Transaction
from common.errors import NotFoundError
from common.ids import new_id
from common.jobs import Jobs
from contracts.render import AspectRatio, Render, RenderProfile
from contracts.script import Script

#: The kind of the job that makes a film; its subject is the render.
FILM_JOB = "film"


async def order_film(tx: Transaction, jobs: Jobs, script: Script, profile: RenderProfile) -> Render:
    """Keeps a new script and orders its film, in the frame that it was written for."""
    await repository.keep_script(tx, script)
    return await _order(tx, jobs, script, AspectRatio(script.aspect_ratio), profile)


async def order_again(
    tx: Transaction,
    jobs: Jobs,
    script_id: UUID,
    aspect_ratio: AspectRatio | None,
    profile: RenderProfile,
) -> Render:
    """Orders another film of a known script, maybe in another format.

    Raises NotFoundError `script_not_found` while the script's event has not arrived.
    """
    script = await repository.get_script(tx, script_id)
    if script is None:
        raise NotFoundError(f"no script {script_id} has arrived here", code="script_not_found")
    return await _order(tx, jobs, script, aspect_ratio or AspectRatio(script.aspect_ratio), profile)


async def _order(
    tx: Transaction,
    jobs: Jobs,
    script: Script,
    aspect_ratio: AspectRatio,
    profile: RenderProfile,
) -> Render:
    render = new_render(new_id(), script, aspect_ratio=aspect_ratio, profile=profile, now=utc_now())
    await repository.add(tx, render)
    await jobs.enqueue(tx, FILM_JOB, render.id, {})
    return render
