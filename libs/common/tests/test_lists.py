"""SPEC §3: lists, page after page."""

import httpx
import pytest

from tests.problems import problem


async def test_a_list_is_shown_page_after_page_newest_first(client: httpx.AsyncClient) -> None:
    made = [(await client.post("/orders", json={"name": str(n)})).json()["id"] for n in range(5)]
    shown: list[str] = []
    url: str | None = "/orders?limit=2"
    while url is not None:
        page = await client.get(url)
        shown += [order["id"] for order in page.json()]
        url = page.links.get("next", {}).get("url")
    assert shown == made[::-1]


async def test_a_last_page_that_is_full_names_no_next_one(client: httpx.AsyncClient) -> None:
    for n in range(2):
        await client.post("/orders", json={"name": str(n)})
    assert "Link" not in (await client.get("/orders?limit=2")).headers
    assert len((await client.get("/orders")).json()) == 2


async def test_the_next_page_keeps_the_filters(client: httpx.AsyncClient) -> None:
    for n in range(2):
        await client.post("/orders", json={"name": str(n)})
    page = await client.get("/orders?limit=1&colour=a%26b")
    url = httpx.URL(page.links["next"]["url"])
    assert url.path == "/orders"
    assert url.params["colour"] == "a&b"
    assert url.params["limit"] == "1"


@pytest.mark.parametrize("limit", ["0", "201", "-1", "many", ""])
async def test_a_limit_is_from_1_to_200(client: httpx.AsyncClient, limit: str) -> None:
    body = problem(await client.get(f"/orders?limit={limit}"), 422, "validation_error")
    assert body["errors"][0]["loc"] == ["query", "limit"]


@pytest.mark.parametrize("cursor", ["", "nonsense", "é", "AAAA", "A" * 22 + "==", "A" * 101])
async def test_a_bad_cursor_is_told_so(client: httpx.AsyncClient, cursor: str) -> None:
    answer = await client.get("/orders", params={"cursor": cursor})
    body = problem(answer, 422, "validation_error")
    assert body["errors"][0]["loc"] == ["query", "cursor"]
