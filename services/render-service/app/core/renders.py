"""The rules of a render's life, as plain functions on its contract."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.render import (
    AspectRatio,
    Render,
    RenderProfile,
    RenderScene,
    RenderStatus,
    SceneStatus,
)
from contracts.script import Script

#: The shares of the progress bar, in percent: photos fetched, frames encoded, film joined.
_FETCHED, _ENCODED = 5, 95

FINISHED = frozenset({RenderStatus.COMPLETED, RenderStatus.FAILED, RenderStatus.CANCELLED})


class Stage(StrEnum):
    """What a render is busy with."""

    QUEUED = "queued"
    FETCHING_PICTURES = "fetching_pictures"
    RENDERING_SCENES = "rendering_scenes"
    ASSEMBLING = "assembling"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StoredFile(BaseModel):
    """A file in the storage: its key, its size in bytes, its sha256 in hexadecimal."""

    model_config = ConfigDict(frozen=True)

    key: str
    size: int
    sha256: str


class FilmFiles(BaseModel):
    """The files of a finished film."""

    model_config = ConfigDict(frozen=True)

    video: StoredFile
    poster: StoredFile
    captions: StoredFile


def new_render(
    render_id: UUID,
    script: Script,
    *,
    aspect_ratio: AspectRatio,
    profile: RenderProfile,
    now: datetime,
) -> Render:
    """A queued render of a script, with a scene for each of the script's."""
    return Render(
        id=render_id,
        poi_id=script.poi_id,
        script_id=script.id,
        status=RenderStatus.QUEUED,
        stage=Stage.QUEUED,
        progress=0,
        mode="stub",
        aspect_ratio=aspect_ratio,
        profile=profile,
        scenes=tuple(
            RenderScene(
                index=position,
                status=SceneStatus.QUEUED,
                provider="local",
                provider_job_id=None,
                duration_s=scene.duration_s,
                attempts=0,
                credits=None,
                error=None,
            )
            for position, scene in enumerate(script.scenes)
        ),
        video=None,
        poster_url=None,
        captions_url=None,
        error=None,
        created_at=now,
        updated_at=now,
        completed_at=None,
    )


def progress_of_photos(fetched: int, wanted: int) -> int:
    """Percent, while photos are fetched."""
    return _FETCHED * fetched // max(wanted, 1)


def progress_of_frames(done: int, total: int) -> int:
    """Percent, while frames are encoded."""
    return _FETCHED + (_ENCODED - _FETCHED) * done // total
