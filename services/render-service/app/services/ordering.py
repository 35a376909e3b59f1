"""Use cases: a film is ordered, by the event of its script or by a request."""

from uuid import UUID

from app.core.renders import Mode, new_render
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

#: The kind of the job that buys a film's clips before; its subject is the render too.
CLIPS_JOB = "clips"


async def order_film(
    tx: Transaction, jobs: Jobs, script: Script, profile: RenderProfile, mode: Mode
) -> Render:
    """Keeps a new script and orders its film, in the frame that it was written for."""
    await repository.keep_script(tx, script)
    frame = AspectRatio(script.aspect_ratio)
    return await _order(tx, jobs, script, aspect_ratio=frame, profile=profile, mode=mode)


async def order_again(
    tx: Transaction,
    jobs: Jobs,
    script_id: UUID,
    *,
    aspect_ratio: AspectRatio | None,
    profile: RenderProfile,
    mode: Mode,
) -> Render:
    """Orders another film of a known script, maybe in another format.

    Raises NotFoundError `script_not_found` while the script's event has not arrived.
    """
    script = await repository.get_script(tx, script_id)
    if script is None:
        raise NotFoundError(f"no script {script_id} has arrived here", code="script_not_found")
    frame = aspect_ratio or AspectRatio(script.aspect_ratio)
    return await _order(tx, jobs, script, aspect_ratio=frame, profile=profile, mode=mode)


async def enqueue(tx: Transaction, jobs: Jobs, render: Render) -> None:
    """Has a queued render made: its clips are bought first where there are any."""
    bought = any(scene.provider == "runway" for scene in render.scenes)
    await jobs.enqueue(tx, CLIPS_JOB if bought else FILM_JOB, render.id, {})


async def _order(
    tx: Transaction,
    jobs: Jobs,
    script: Script,
    *,
    aspect_ratio: AspectRatio,
    profile: RenderProfile,
    mode: Mode,
) -> Render:
    render = new_render(
        new_id(), script, aspect_ratio=aspect_ratio, profile=profile, mode=mode, now=utc_now()
    )
    await repository.add(tx, render)
    await enqueue(tx, jobs, render)
    return render
