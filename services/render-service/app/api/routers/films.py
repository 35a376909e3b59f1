"""The endpoints of finished films: their bytes, with ranges and entity tags."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.api.deps import Films, SceneIndex
from app.core.renders import FilmFiles, Stills, StoredFile
from app.services import renders
from common.content import Content, serve
from common.dependencies import Reads
from common.errors import NotFoundError

router = APIRouter(prefix="/renders/{render_id}", tags=["films"])


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """A request for one of the files of a film."""

    request: Request
    render_id: UUID
    queries: Reads
    storage: Films

    async def files(self) -> FilmFiles:
        """Those that are there once the film is; raises NotFoundError."""
        return await renders.film_files(self.queries, self.render_id)

    async def stills(self) -> Stills:
        """Those that are there before the film; raises NotFoundError."""
        return await renders.stills(self.queries, self.render_id)

    def answer(self, file: StoredFile | None, media_type: str, ending: str) -> Response:
        """The file's bytes; `ending` is what its name has behind the render's id.

        Raises NotFoundError for what films were made without when this one was.
        """
        if file is None:
            raise NotFoundError("the film was made without it", code="render_not_completed")
        content = Content(
            storage=self.storage,
            key=file.key,
            size=file.size,
            sha256=file.sha256,
            media_type=media_type,
            file_name=f"film-{self.render_id}{ending}",
        )
        return serve(self.request, content)


Film = Annotated[FilmRequest, Depends()]


@router.get("/video", response_class=Response)
@router.head("/video", include_in_schema=False)
async def get_video(film: Film) -> Response:
    """The finished film, as MP4."""
    return film.answer((await film.files()).video, "video/mp4", ".mp4")


@router.get("/poster", response_class=Response)
@router.head("/poster", include_in_schema=False)
async def get_poster(film: Film) -> Response:
    """The best still of the film, as JPEG; there before the film."""
    return film.answer((await film.stills()).poster, "image/jpeg", ".jpg")


@router.get("/storyboard", response_class=Response)
@router.head("/storyboard", include_in_schema=False)
async def get_storyboard(film: Film) -> Response:
    """All scenes on one sheet, as JPEG; there before the film."""
    return film.answer((await film.stills()).storyboard, "image/jpeg", "-storyboard.jpg")


@router.get("/preview", response_class=Response)
@router.head("/preview", include_in_schema=False)
async def get_preview(film: Film) -> Response:
    """Three seconds of the finished film for lists, as an animated WebP."""
    return film.answer((await film.files()).preview, "image/webp", ".webp")


@router.get("/captions", response_class=Response)
@router.head("/captions", include_in_schema=False)
async def get_captions(film: Film) -> Response:
    """The narration of the finished film, as WebVTT."""
    return film.answer((await film.files()).captions, "text/vtt; charset=utf-8", ".vtt")


@router.get("/subtitles", response_class=Response)
@router.head("/subtitles", include_in_schema=False)
async def get_subtitles(film: Film) -> Response:
    """The narration of the finished film, as SubRip."""
    media_type = "application/x-subrip; charset=utf-8"
    return film.answer((await film.files()).subtitles, media_type, ".srt")


@router.get("/manifest", response_class=Response)
@router.head("/manifest", include_in_schema=False)
async def get_manifest(film: Film) -> Response:
    """All that went into the finished film: scenes, photos by hash, providers, settings."""
    return film.answer((await film.files()).manifest, "application/json", ".json")


@router.get("/scenes/{index}/video", response_class=Response)
@router.head("/scenes/{index}/video", include_in_schema=False)
async def get_scene_video(film: Film, index: SceneIndex) -> Response:
    """A finished scene's clip, as MP4: the scene without its cross-fades, as it is in the film."""
    clip = await renders.scene_clip(film.queries, film.render_id, index)
    return film.answer(clip, "video/mp4", f"-scene-{index}.mp4")
