"""SPEC §3: every refusal is a problem that says what to do."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.problems import problem


async def test_an_unknown_path_is_not_found(client: httpx.AsyncClient) -> None:
    body = problem(await client.get("/no/such/path"), 404, "not_found")
    assert body["detail"] == "there is nothing at /no/such/path"


async def test_an_unknown_resource_is_not_found(client: httpx.AsyncClient) -> None:
    unknown = "01927c00-0000-7000-8000-000000000001"
    body = problem(await client.get(f"/orders/{unknown}"), 404, "not_found")
    assert body["detail"] == f"there is no order {unknown}"


async def test_a_wrong_verb_is_told_the_right_ones(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/orders/01927c00-0000-7000-8000-000000000001")
    body = problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET"
    assert body["detail"] == "this method is not allowed here: use GET"


@pytest.mark.parametrize(
    ("content", "loc", "told"),
    [
        (b"{}", ["body", "name"], "Field required"),
        (b'{"name": ""}', ["body", "name"], "at least 1 character"),
        (b'{"name": "a", "count": 0}', ["body", "count"], "greater than or equal to 1"),
        (b'{"name": "a", "colour": 1}', ["body", "colour"], "Extra inputs are not permitted"),
        (b'{"name": ', ["body", 9], "not JSON at character 9: Expecting value"),
        (b"[]", ["body"], "should be an object with name, count"),
        (b"", ["body"], "Field required"),
    ],
)
async def test_a_body_that_breaks_a_rule_is_told_which(
    client: httpx.AsyncClient, content: bytes, loc: list[str | int], told: str
) -> None:
    headers = {"Content-Type": "application/json"}
    body = problem(
        await client.post("/orders", content=content, headers=headers), 422, "validation_error"
    )
    (error,) = body["errors"]
    assert set(error) == {"loc", "msg", "type"}
    assert error["loc"] == loc
    assert told in error["msg"]
    assert error["msg"] in body["detail"]


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "text/xml"}, {}],
)
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "unlabelled"}])
async def test_a_body_that_is_not_sent_as_json_is_told_how_to(
    client: httpx.AsyncClient, headers: dict[str, str], key: dict[str, str]
) -> None:
    answer = await client.post("/orders", content=b'{"name": "a"}', headers={**headers, **key})
    body = problem(answer, 422, "validation_error")
    assert "send JSON with Content-Type: application/json" in body["detail"]


async def test_a_body_of_a_kind_of_json_is_taken(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/merge-patch+json; charset=utf-8"}
    answer = await client.post("/orders", content=b'{"name": "a"}', headers=headers)
    assert answer.status_code == 201


async def test_where_json_breaks_is_told_as_a_position(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await client.post("/orders", content=b'{"name": "a",}', headers=headers)
    detail = problem(answer, 422, "validation_error")["detail"]
    assert detail.startswith("body: not JSON at character 13: ")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "a-key"}])
@pytest.mark.parametrize("content", [b"\xff", b"[" * 100_000, b"9" * 5_000])
async def test_a_body_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, content: bytes, headers: dict[str, str]
) -> None:
    headers = {**headers, "Content-Type": "application/json"}
    answer = await client.post("/orders", content=content, headers=headers)
    assert "cannot be read as JSON" in problem(answer, 422, "validation_error")["detail"]


async def test_of_very_many_faults_the_first_are_told(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", json={f"field {n}": n for n in range(50_000)})
    body = problem(answer, 422, "validation_error")
    assert len(body["errors"]) == 100
    assert len(answer.content) < 20_000


async def test_a_malformed_id_is_told_so(client: httpx.AsyncClient) -> None:
    body = problem(await client.get("/orders/not-a-uuid"), 422, "validation_error")
    assert body["errors"][0]["loc"] == ["path", "order_id"]
    assert body["detail"] == "path.order_id: should be a UUID"


async def test_what_the_database_cannot_hold_is_the_callers_to_change(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/orders", json={"name": "nul \0"})
    body = problem(answer, 422, "validation_error")
    assert "U+0000" in body["detail"]


async def test_a_services_own_refusal_has_its_own_code(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", json={"name": "something sold out"})
    assert problem(answer, 409, "sold_out")["detail"] == "there is none left"


async def test_a_dependency_that_is_down_is_unavailable(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", json={"name": "a supplier that is down"})
    body = problem(answer, 503, "dependency_unavailable")
    assert body["detail"] == "the supplier cannot be reached"
    assert int(answer.headers["Retry-After"]) > 0


async def test_what_nobody_foresaw_tells_no_internals(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", json={"name": "a bug"})
    body = problem(answer, 500, "internal_error")
    assert "hunter2" not in answer.text
    assert "Runtime" not in answer.text
    assert body["detail"] == "something went wrong here; the correlation id finds it in the logs"


async def test_a_body_over_the_cap_is_refused_at_its_length(client: httpx.AsyncClient) -> None:
    answer = await client.post("/orders", content=b'{"name": "' + b"x" * 1024 * 1024 + b'"}')
    body = problem(answer, 413, "payload_too_large")
    assert body["detail"] == "the body is larger than the 1,048,576 bytes that are allowed here"


async def test_a_body_without_a_length_is_refused_once_it_is_over_the_cap(
    client: httpx.AsyncClient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"name": "'
        while True:
            sent += 65536
            yield b"x" * 65536

    answer = await client.post("/orders", content=endless())
    problem(answer, 413, "payload_too_large")
    assert sent <= 1024 * 1024 + 2 * 65536


async def test_a_body_of_just_the_cap_is_taken(client: httpx.AsyncClient) -> None:
    around = len(b'{"name": ""}')
    content = b'{"name": "' + b"x" * (1024 * 1024 - around) + b'"}'
    headers = {"Content-Type": "application/json"}
    answer = await client.post("/orders", content=content, headers=headers)
    assert answer.status_code == 201
