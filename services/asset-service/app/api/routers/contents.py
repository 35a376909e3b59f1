"""The endpoints of assets' bytes: uploads, streamed to disk, and content with ranges."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from app.api.deps import Answers, ContentUseCases, Files, Uploads
from app.api.receiving import Form, receive_body, receive_form
from app.api.schemas import UploadFields
from app.services import assets
from app.services.spool import ReceivedFile
from common.content import Content, serve
from common.idempotency import HEADER_PARAMETER
from common.preconditions import etag
from common.problems import in_body
from contracts.asset import Asset

router = APIRouter(prefix="/assets", tags=["contents"])


def _binary_body() -> dict[str, Any]:
    content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    return {"requestBody": {"required": True, "content": content}}


def _form_body() -> dict[str, Any]:
    schema = UploadFields.model_json_schema(ref_template="#/components/schemas/{model}")
    del schema["$defs"]  # the response's model brings the same ones
    schema["properties"]["file"] = {"type": "string", "format": "binary"}
    schema["required"] = ["poi_id", "file"]
    return {
        "parameters": [HEADER_PARAMETER],
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}},
    }


@router.post("/upload", status_code=201, response_model=Asset, openapi_extra=_form_body())
async def upload_asset(
    request: Request, use_cases: ContentUseCases, uploads: Uploads, answers: Answers
) -> Response:
    """Register an asset and upload its file in one go; the form's parts come in any order.

    The type of the file is found from its bytes, and has to fit `asset_type`.
    """
    async with uploads.receiving() as incoming:
        form = await receive_form(request, incoming)
        file = await incoming.finish()

        async def produce() -> Response:
            draft = _fields(form).draft(form.file_name)
            return _created(await use_cases.add(draft, file, file_name=form.file_name))

        return await answers.run(request, _fingerprint(form, file), produce)


@router.put("/{asset_id}/content", openapi_extra=_binary_body())
async def put_content(
    request: Request,
    asset_id: UUID,
    use_cases: ContentUseCases,
    uploads: Uploads,
    response: Response,
) -> Asset:
    """Give an asset its content, or another one: the body is the file."""
    await use_cases.show(asset_id)
    async with uploads.receiving() as incoming:
        await receive_body(request, incoming)
        asset = await use_cases.replace(asset_id, await incoming.finish())
    response.headers["ETag"] = etag(assets.version(asset))
    return asset


@router.get("/{asset_id}/content", response_class=Response)
@router.head("/{asset_id}/content", include_in_schema=False)
async def get_content(
    request: Request, asset_id: UUID, use_cases: ContentUseCases, files: Files
) -> Response:
    """The bytes of an asset, whole or a range of them."""
    asset, key = await use_cases.locate(asset_id)
    return serve(
        request,
        Content(
            storage=files,
            key=key,
            size=asset.size_bytes or 0,
            sha256=asset.sha256 or "",
            media_type=asset.mime_type or "application/octet-stream",
            file_name=asset.name,
        ),
    )


def _fields(form: Form) -> UploadFields:
    try:
        return UploadFields.model_validate(form.fields)
    except ValidationError as error:
        raise in_body(error) from error


def _fingerprint(form: Form, file: ReceivedFile) -> str:
    """What makes two uploads the same: the file's bytes and the fields, in any order."""
    canonical = json.dumps([file.sha256, form.fields], sort_keys=True)
    return sha256(canonical.encode()).hexdigest()


def _created(asset: Asset) -> Response:
    headers = {"Location": f"/assets/{asset.id}", "ETag": etag(assets.version(asset))}
    return Response(asset.model_dump_json(), 201, headers, media_type="application/json")
