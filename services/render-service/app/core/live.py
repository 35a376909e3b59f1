"""The terms on which clips are bought, and when a render has all it will get."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.clips import Model
from app.core.failures import OUTCOME_UNKNOWN, RENDER_ENDING
from app.core.ledger import Caps
from contracts.base import Problem
from contracts.render import RenderScene, SceneStatus

Fallback = Literal["local", "fail"]


@dataclass(frozen=True, slots=True)
class LiveTerms:
    """Settings of the live mode, as the ledger reads them; times in seconds."""

    model: Model
    max_attempts: int
    fallback: Fallback
    caps: Caps
    task_timeout_s: int


def is_waiting(scenes: Sequence[RenderScene]) -> bool:
    """Whether anything is still to come from the provider.

    A failure that every further call would meet ends the waiting for calls not made yet, never for
    those that were.
    """
    bought = [scene for scene in scenes if scene.provider == "runway"]
    awaited = {SceneStatus.RUNNING}
    if not any(_ends_render(scene) for scene in bought):
        awaited.add(SceneStatus.QUEUED)
    return any(scene.status in awaited for scene in bought)


def ending(scenes: Sequence[RenderScene]) -> Problem | None:
    """Why a render that waits for nothing more cannot become a film; None when it can."""
    for scene in scenes:
        if scene.status is SceneStatus.UNKNOWN:
            lost = scene.error or OUTCOME_UNKNOWN.problem("")
            return Problem(code=lost.code, detail=f"scene {scene.index}: {lost.detail}")
    failed = [scene for scene in scenes if scene.status is SceneStatus.FAILED and scene.error]
    for scene in failed:
        if scene.error is not None and _ends_render(scene):
            return scene.error
    for scene in failed:
        if scene.error is not None:
            return Problem(
                code="scenes_failed", detail=f"scene {scene.index}: {scene.error.detail}"
            )
    return None


def _ends_render(scene: RenderScene) -> bool:
    return (
        scene.status is SceneStatus.FAILED
        and scene.error is not None
        and scene.error.code in RENDER_ENDING
    )
