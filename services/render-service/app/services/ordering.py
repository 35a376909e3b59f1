"""Use cases: a film is ordered, by the event of its script or by a request."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.core.renders import Cut, Mode, new_render
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
    cut = Cut(aspect_ratio=AspectRatio(script.aspect_ratio), profile=profile)
    return await _order(tx, jobs, script, cut, mode)


async def order_again(
    tx: Transaction,
    jobs: Jobs,
    script_id: UUID,
    wanted: Mapping[str, Any],
    *,
    profile: RenderProfile,
    mode: Mode,
) -> Render:
    """Orders another film of a known script; `wanted` are fields of its Cut.

    It has the frame that the script was written for, and `profile`, unless they are wanted others.

    Raises NotFoundError `script_not_found` while the script's event has not arrived.
    """
    script = await repository.get_script(tx, script_id)
    if script is None:
        raise NotFoundError(f"no script {script_id} has arrived here", code="script_not_found")
    own = {"aspect_ratio": script.aspect_ratio, "profile": profile}
    return await _order(tx, jobs, script, Cut.model_validate({**own, **wanted}), mode)


async def enqueue(tx: Transaction, jobs: Jobs, render: Render) -> None:
    """Has a queued render made: its clips are bought first where there are any."""
    bought = any(scene.provider == "runway" for scene in render.scenes)
    await jobs.enqueue(tx, CLIPS_JOB if bought else FILM_JOB, render.id, {})


async def _order(
    tx: Transaction,
    jobs: Jobs,
    script: Script,
    cut: Cut,
    mode: Mode,
) -> Render:
    render = new_render(new_id(), script, cut=cut, mode=mode, now=utc_now())
    await repository.add(tx, render)
    await enqueue(tx, jobs, render)
    return render
