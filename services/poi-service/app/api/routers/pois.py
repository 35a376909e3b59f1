"""The endpoints of properties."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from pydantic import JsonValue, ValidationError

from app.core.draft import PoiDraft
from app.db.repository import PoiFilter, find
from app.services import pois, transitions
from common.dependencies import Events, Reads, ServiceDatabase, Writes
from common.idempotency import IdempotentRoute
from common.pagination import Page
from common.preconditions import ExpectedVersions, etag
from common.problems import in_body
from contracts.poi import Poi, PoiStatus, Slug

router = APIRouter(prefix="/pois", tags=["pois"], route_class=IdempotentRoute)


@router.post("", status_code=201)
async def create_poi(
    draft: PoiDraft, database: ServiceDatabase, events: Events, response: Response
) -> Poi:
    """Register a property; it starts as a draft."""
    poi = await pois.register(database, events, draft)
    response.headers["Location"] = f"/pois/{poi.id}"
    response.headers["ETag"] = etag(poi.version)
    return poi


@router.get("")
async def list_pois(  # noqa: PLR0917 - FastAPI passes them by name
    queries: Reads,
    page: Page,
    query: Annotated[str | None, Query(max_length=200)] = None,
    status: PoiStatus | None = None,
    poi_type: Slug | None = None,
    tag: Annotated[str | None, Query(min_length=1, max_length=50)] = None,
) -> list[Poi]:
    """Properties that fit every filter given, newest first.

    `query` looks at name, description, address and tags: every word of it as a prefix, whatever
    the case, accents and ligatures.
    """
    wanted = PoiFilter(query=query, status=status, poi_type=poi_type, tag=tag)
    return page.cut(await find(queries, wanted, before=page.before, limit=page.fetch))


@router.get("/{poi_id}")
async def get_poi(poi_id: UUID, queries: Reads, response: Response) -> Poi:
    """One property; its `ETag` goes into the `If-Match` of a change."""
    poi = await pois.show(queries, poi_id)
    response.headers["ETag"] = etag(poi.version)
    return poi


@router.patch("/{poi_id}")
async def change_poi(  # noqa: PLR0917 - FastAPI passes them by name
    poi_id: UUID,
    patch: Annotated[
        dict[str, JsonValue],
        Body(description="A JSON merge patch (RFC 7396) of what POST takes: null clears."),
    ],
    expected: ExpectedVersions,
    tx: Writes,
    events: Events,
    response: Response,
) -> Poi:
    """Change a property that is not archived."""
    try:
        poi = await pois.change(tx, events, poi_id, patch, expected_versions=expected)
    except ValidationError as error:
        raise in_body(error, patch) from error
    response.headers["ETag"] = etag(poi.version)
    return poi


@router.post("/{poi_id}/validate")
async def validate_poi(poi_id: UUID, tx: Writes, events: Events) -> Poi:
    """From draft to validated."""
    return await transitions.advance(tx, events, poi_id, PoiStatus.VALIDATED)


@router.post("/{poi_id}/publish")
async def publish_poi(poi_id: UUID, tx: Writes, events: Events) -> Poi:
    """From validated to published."""
    return await transitions.advance(tx, events, poi_id, PoiStatus.PUBLISHED)


@router.post("/{poi_id}/archive")
async def archive_poi(poi_id: UUID, tx: Writes, events: Events) -> Poi:
    """From published to archived; from then on it is read-only."""
    return await transitions.advance(tx, events, poi_id, PoiStatus.ARCHIVED)
