"""The endpoints of finished films: their bytes, with ranges and entity tags."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from app.api.deps import Films
from app.core.renders import StoredFile
from app.services import renders
from common.content import Content, serve
from common.dependencies import Reads
from common.storage import Storage

router = APIRouter(prefix="/renders/{render_id}", tags=["films"])


@router.get("/video", response_class=Response)
@router.head("/video", include_in_schema=False)
async def get_video(request: Request, render_id: UUID, queries: Reads, storage: Films) -> Response:
    """The finished film, as MP4."""
    files = await renders.film_files(queries, render_id)
    return serve(request, _content(storage, files.video, "video/mp4", f"film-{render_id}.mp4"))


@router.get("/poster", response_class=Response)
@router.head("/poster", include_in_schema=False)
async def get_poster(request: Request, render_id: UUID, queries: Reads, storage: Films) -> Response:
    """A still of the finished film, as JPEG."""
    files = await renders.film_files(queries, render_id)
    return serve(request, _content(storage, files.poster, "image/jpeg", f"film-{render_id}.jpg"))


@router.get("/captions", response_class=Response)
@router.head("/captions", include_in_schema=False)
async def get_captions(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """The narration of the finished film, as WebVTT."""
    files = await renders.film_files(queries, render_id)
    return serve(
        request,
        _content(storage, files.captions, "text/vtt; charset=utf-8", f"film-{render_id}.vtt"),
    )


@router.get("/scenes/{index}/video", response_class=Response)
@router.head("/scenes/{index}/video", include_in_schema=False)
async def get_scene_video(
    request: Request,
    render_id: UUID,
    index: Annotated[int, Path(ge=0, le=10_000)],
    queries: Reads,
    storage: Films,
) -> Response:
    """A finished scene's clip, as MP4: the scene without its cross-fades, as it is in the film."""
    clip = await renders.scene_clip(queries, render_id, index)
    name = f"film-{render_id}-scene-{index}.mp4"
    return serve(request, _content(storage, clip, "video/mp4", name))


def _content(storage: Storage, file: StoredFile, media_type: str, name: str) -> Content:
    return Content(
        storage=storage,
        key=file.key,
        size=file.size,
        sha256=file.sha256,
        media_type=media_type,
        file_name=name,
    )
