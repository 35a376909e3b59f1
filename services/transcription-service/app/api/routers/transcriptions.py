"""The endpoints of transcriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.deps import Provider, TranscriptionJobs
from app.db.repository import find
from app.services import transcriptions
from common.dependencies import Reads, Writes
from common.idempotency import IdempotentRoute
from common.pagination import Page
from contracts.transcription import Transcription

router = APIRouter(prefix="/transcriptions", tags=["transcriptions"], route_class=IdempotentRoute)


@router.post("/start", status_code=202)
async def start_transcription(  # noqa: PLR0917 - FastAPI passes them by name
    poi_id: UUID,
    asset_video_id: Annotated[UUID, Query(description="A video or audio asset of the POI.")],
    tx: Writes,
    jobs: TranscriptionJobs,
    provider: Provider,
    response: Response,
) -> Transcription:
    """Transcribe a recording in the background.

    Only the parameters are checked here. What is wrong with the asset, the transcription itself
    says: it then ends as `failed`, with one of the codes of this service.
    """
    transcription = await transcriptions.start(
        tx, jobs, poi_id=poi_id, asset_id=asset_video_id, provider=provider
    )
    response.headers["Location"] = f"/transcriptions/{transcription.id}"
    return transcription


@router.get("")
async def list_transcriptions(
    queries: Reads, page: Page, poi_id: UUID | None = None
) -> list[Transcription]:
    """The transcriptions of a POI, or all, newest first."""
    return page.cut(await find(queries, poi_id=poi_id, before=page.before, limit=page.fetch))


@router.get("/{transcription_id}")
async def get_transcription(transcription_id: UUID, queries: Reads) -> Transcription:
    """One transcription: its progress and, once completed, what was said and when."""
    return await transcriptions.show(queries, transcription_id)
