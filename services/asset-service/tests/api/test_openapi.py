from collections.abc import Iterator
from typing import Any

import httpx


async def test_every_reference_in_the_openapi_document_leads_somewhere(
    client: httpx.AsyncClient,
) -> None:
    document = (await client.get("/openapi.json")).json()
    references = set(_references(document))
    assert "#/components/schemas/Asset" in references
    for reference in references:
        target = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in target, reference
            target = target[step]


async def test_uploads_are_described(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    form = paths["/assets/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert set(form["schema"]["required"]) == {"poi_id", "file"}
    headers = [parameter["name"] for parameter in paths["/assets/upload"]["post"]["parameters"]]
    assert headers == ["Idempotency-Key"]
    body = paths["/assets/{asset_id}/content"]["put"]["requestBody"]["content"]
    assert body["*/*"]["schema"]["format"] == "binary"


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
