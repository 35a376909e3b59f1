"""The endpoints of assets: what is known of them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response
from pydantic import JsonValue, ValidationError

from app.api.deps import AssetUseCases
from app.core.draft import AssetDraft, GivenAssetType
from app.db.repository import AssetFilter, find
from app.services import assets
from common.dependencies import Reads
from common.idempotency import IdempotentRoute
from common.pagination import Page
from common.preconditions import ExpectedVersions, etag
from common.problems import in_body
from contracts.asset import Asset

router = APIRouter(prefix="/assets", tags=["assets"], route_class=IdempotentRoute)


@router.post("", status_code=201)
async def create_asset(draft: AssetDraft, use_cases: AssetUseCases, response: Response) -> Asset:
    """Register an asset, with or without a file that is under the asset root already.

    A file that is not there yet is accepted as a reference: `content_status` is then `missing`.
    """
    asset = await use_cases.register(draft)
    response.headers["Location"] = f"/assets/{asset.id}"
    response.headers["ETag"] = etag(assets.version(asset))
    return asset


@router.get("")
async def list_assets(
    queries: Reads,
    page: Page,
    poi_id: UUID | None = None,
    asset_type: GivenAssetType | None = None,
) -> list[Asset]:
    """Assets that fit every filter given, newest first."""
    wanted = AssetFilter(poi_id=poi_id, asset_type=asset_type)
    return page.cut(await find(queries, wanted, before=page.before, limit=page.fetch))


@router.get("/{asset_id}")
async def get_asset(asset_id: UUID, queries: Reads, response: Response) -> Asset:
    """One asset; its `ETag` goes into the `If-Match` of a change."""
    asset = await assets.show(queries, asset_id)
    response.headers["ETag"] = etag(assets.version(asset))
    return asset


@router.patch("/{asset_id}")
async def change_asset(
    asset_id: UUID,
    patch: Annotated[
        dict[str, JsonValue],
        Body(description="A JSON merge patch (RFC 7396) of what POST takes: null clears."),
    ],
    expected: ExpectedVersions,
    use_cases: AssetUseCases,
    response: Response,
) -> Asset:
    """Change an asset. Naming `file_path` has the file looked at, also when the path is the same.

    A change of `name` leaves the `room` as it is; `"room": null` has it guessed again.
    """
    try:
        asset = await use_cases.change(asset_id, patch, expected_versions=expected)
    except ValidationError as error:
        raise in_body(error, patch) from error
    response.headers["ETag"] = etag(assets.version(asset))
    return asset


@router.delete("/{asset_id}", status_code=204)
async def delete_asset(asset_id: UUID, use_cases: AssetUseCases) -> None:
    """Delete an asset and what was uploaded for it; a file that it only referred to stays."""
    await use_cases.remove(asset_id)
