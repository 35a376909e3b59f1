"""The endpoints of finished films: their bytes, with ranges and entity tags."""

from types import MappingProxyType
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from app.api.deps import Films
from app.core.renders import StoredFile
from app.services import renders
from common.content import Content, serve
from common.dependencies import Reads
from common.errors import NotFoundError
from common.storage import Storage

router = APIRouter(prefix="/renders/{render_id}", tags=["films"])


#: What is given back of a finished film: by path, its media type and its extension.
_FILES = MappingProxyType(
    {
        "video": ("video/mp4", "mp4"),
        "captions": ("text/vtt; charset=utf-8", "vtt"),
        "subtitles": ("application/x-subrip; charset=utf-8", "srt"),
        "preview": ("image/webp", "webp"),
        "manifest": ("application/json", "json"),
    }
)


@router.get("/video", response_class=Response)
@router.head("/video", include_in_schema=False)
async def get_video(request: Request, render_id: UUID, queries: Reads, storage: Films) -> Response:
    """The finished film, as MP4."""
    return await _serve_file(request, render_id, "video", queries, storage)


@router.get("/poster", response_class=Response)
@router.head("/poster", include_in_schema=False)
async def get_poster(request: Request, render_id: UUID, queries: Reads, storage: Films) -> Response:
    """The best still of the film, as JPEG; there before the film."""
    stills = await renders.stills(queries, render_id)
    name = f"film-{render_id}.jpg"
    return serve(request, _content(storage, stills.poster, "image/jpeg", name))


@router.get("/storyboard", response_class=Response)
@router.head("/storyboard", include_in_schema=False)
async def get_storyboard(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """All scenes on one sheet, as JPEG; there before the film."""
    stills = await renders.stills(queries, render_id)
    name = f"film-{render_id}-storyboard.jpg"
    return serve(request, _content(storage, stills.storyboard, "image/jpeg", name))


@router.get("/preview", response_class=Response)
@router.head("/preview", include_in_schema=False)
async def get_preview(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """Three seconds of the finished film for lists, as an animated WebP."""
    return await _serve_file(request, render_id, "preview", queries, storage)


@router.get("/captions", response_class=Response)
@router.head("/captions", include_in_schema=False)
async def get_captions(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """The narration of the finished film, as WebVTT."""
    return await _serve_file(request, render_id, "captions", queries, storage)


@router.get("/subtitles", response_class=Response)
@router.head("/subtitles", include_in_schema=False)
async def get_subtitles(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """The narration of the finished film, as SubRip."""
    return await _serve_file(request, render_id, "subtitles", queries, storage)


@router.get("/manifest", response_class=Response)
@router.head("/manifest", include_in_schema=False)
async def get_manifest(
    request: Request, render_id: UUID, queries: Reads, storage: Films
) -> Response:
    """All that went into the finished film: scenes, photos by hash, providers, settings."""
    return await _serve_file(request, render_id, "manifest", queries, storage)


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


async def _serve_file(
    request: Request, render_id: UUID, name: str, queries: Reads, storage: Storage
) -> Response:
    files = await renders.film_files(queries, render_id)
    file: StoredFile | None = getattr(files, name)
    if file is None:
        raise NotFoundError(f"the film was made without {name}", code="render_not_completed")
    media_type, extension = _FILES[name]
    content = _content(storage, file, media_type, f"film-{render_id}.{extension}")
    return serve(request, content)


def _content(storage: Storage, file: StoredFile, media_type: str, name: str) -> Content:
    return Content(
        storage=storage,
        key=file.key,
        size=file.size,
        sha256=file.sha256,
        media_type=media_type,
        file_name=name,
    )
