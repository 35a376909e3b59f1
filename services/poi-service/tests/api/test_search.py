from typing import Any

import httpx
import pytest

from tests.api.test_pois import create


async def names(client: httpx.AsyncClient, **params: Any) -> list[str]:
    answer = await client.get("/pois", params=params)
    assert answer.status_code == 200, answer.text
    return [poi["name"] for poi in answer.json()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("appart mont", True),
        ("MONT appart", True),
        ("coeur", True),
        ("Cœur", True),
        ("ete", True),
        ("rooftop", True),
        ("partement", False),
        ("appart lyon", False),
        ("!!", True),
    ],
)
async def test_search_wants_every_word_as_a_prefix_without_case_accents_or_ligatures(
    client: httpx.AsyncClient, query: str, found: bool
) -> None:
    name = "Appartement Montaigne"
    await create(
        client,
        name=name,
        description="Au cœur de la ville, l'été",
        address="Montpellier",
        tags=["rooftop"],
        poi_type="searched",
    )
    assert (name in await names(client, query=query, poi_type="searched")) is found


async def test_filters_narrow_together(client: httpx.AsyncClient) -> None:
    wanted = await create(client, name="A", poi_type="filter_a", tags=["x", "y"])
    await create(client, name="B", poi_type="filter_a", tags=["y"])
    await create(client, name="C", poi_type="filter_b", tags=["x"])
    await client.post(f"/pois/{wanted['id']}/validate")
    assert await names(client, poi_type="filter_a") == ["B", "A"]
    assert await names(client, poi_type="filter_a", tag="x") == ["A"]
    assert await names(client, poi_type="filter_a", status="validated") == ["A"]
    assert await names(client, poi_type="filter_a", status="archived") == []


async def test_pages_follow_the_link_to_the_end_newest_first(client: httpx.AsyncClient) -> None:
    created = [(await create(client, name=str(n), poi_type="paged"))["name"] for n in range(5)]
    url: str | None = "/pois?poi_type=paged&limit=2"
    seen: list[str] = []
    sizes: list[int] = []
    while url:
        answer = await client.get(url)
        page = [poi["name"] for poi in answer.json()]
        sizes.append(len(page))
        seen += page
        url = answer.links["next"]["url"] if "next" in answer.links else None
    assert seen == created[::-1]
    assert sizes == [2, 2, 1]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=nonsense", "status=sold"])
async def test_a_bad_listing_parameter_is_refused(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/pois?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")
    assert answer.json()["errors"][0]["loc"] == ["query", query.split("=", maxsplit=1)[0]]
