"""Calls to peers: what they carry, what is tried again, and when a peer is left alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from pydantic import BaseModel

from common.correlation import bound_correlation_id
from common.errors import DependencyUnavailable, NotFoundError, PayloadTooLarge
from common.http_client import CircuitBreaker, PeerClient, UnexpectedAnswer
from tests.support import counted


class Thing(BaseModel):
    """What the peer keeps."""

    name: str


class Peer:
    """Answers with what it is given, one after the other, then with the last for ever."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


Clients = Callable[..., PeerClient]


@pytest.fixture
async def client_of() -> AsyncIterator[Clients]:
    clients: list[PeerClient] = []

    def of(peer: Peer, open_s: float = 10.0, resource_timeout_s: float = 10.0) -> PeerClient:
        clients.append(
            PeerClient(
                "thing-service",
                "http://things",
                "the-key",
                transport=httpx.MockTransport(peer),
                circuit=CircuitBreaker(open_s=open_s),
                resource_timeout_s=resource_timeout_s,
            )
        )
        return clients[-1]

    yield of
    for client in clients:
        await client.close()


def thing(name: str = "a") -> httpx.Response:
    return httpx.Response(200, json={"name": name})


def failing(status: int = 503) -> httpx.Response:
    return httpx.Response(status)


async def test_a_call_carries_the_key_and_the_correlation_id(client_of: Clients) -> None:
    peer = Peer(thing())
    with bound_correlation_id("from-the-request"):
        assert await client_of(peer).get("/things/1", Thing, size=3) == Thing(name="a")
    (request,) = peer.requests
    assert request.headers["X-API-Key"] == "the-key"
    assert request.headers["X-Correlation-ID"] == "from-the-request"
    assert str(request.url) == "http://things/things/1?size=3"


async def test_a_listing_is_read_page_after_page(client_of: Clients) -> None:
    link = {"Link": '</things?limit=200&cursor=abc>; rel="next"'}
    first = httpx.Response(200, json=[{"name": "a"}, {"name": "b"}], headers=link)
    peer = Peer(first, httpx.Response(200, json=[{"name": "c"}]))
    found = await client_of(peer).get_all("/things", Thing, poi_id="1")
    assert [one.name for one in found] == ["a", "b", "c"]
    assert [request.url.query.decode() for request in peer.requests] == [
        "poi_id=1&limit=200",
        "limit=200&cursor=abc",
    ]


@pytest.mark.parametrize(
    "passing", [failing(502), failing(503), failing(504), failing(429), httpx.ConnectError("")]
)
async def test_a_fault_that_passes_is_tried_again(
    client_of: Clients, passing: httpx.Response | Exception
) -> None:
    peer = Peer(passing, passing, thing())
    assert await client_of(peer).get("/things/1", Thing) == Thing(name="a")
    assert len(peer.requests) == 3


@pytest.mark.parametrize("failure", [failing(500), failing(503), httpx.ReadTimeout("")])
async def test_a_fault_that_stays_is_said_so_after_three_tries(
    client_of: Clients, failure: httpx.Response | Exception
) -> None:
    peer = Peer(failure)
    with pytest.raises(DependencyUnavailable, match="thing-service") as refusal:
        await client_of(peer).get("/things/1", Thing)
    assert len(peer.requests) == 3
    assert int(refusal.value.headers["Retry-After"]) > 0


async def test_what_is_not_there_is_not_asked_for_again(client_of: Clients) -> None:
    peer = Peer(failing(404))
    with pytest.raises(NotFoundError, match="thing-service has nothing at /things/1"):
        await client_of(peer).get("/things/1", Thing)
    assert len(peer.requests) == 1


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (failing(401), "answered 401"),
        (failing(307), "answered 307"),
        (httpx.Response(200, json={"title": "a"}), "something else"),
        (httpx.Response(200, text="<html>"), "something else"),
    ],
)
async def test_an_answer_that_no_waiting_mends_is_no_refusal_of_the_callers(
    client_of: Clients, answer: httpx.Response, told: str
) -> None:
    peer = Peer(answer)
    with pytest.raises(UnexpectedAnswer, match=told):
        await client_of(peer).get("/things/1", Thing)
    assert len(peer.requests) == 1


async def test_a_peer_that_keeps_failing_is_left_alone(client_of: Clients) -> None:
    peer = Peer(failing())
    client = client_of(peer)
    for _ in range(3):
        with pytest.raises(DependencyUnavailable) as refusal:
            await client.get("/things/1", Thing)
    assert len(peer.requests) == 5
    assert counted("peer_calls_total", peer="thing-service", outcome="not_made") >= 4
    assert refusal.value.detail == "thing-service has not been answering"
    assert int(refusal.value.headers["Retry-After"]) > 5


async def test_a_peer_that_was_left_alone_is_asked_again_after_a_while(
    client_of: Clients,
) -> None:
    peer = Peer(*[failing()] * 5, thing())
    client = client_of(peer, open_s=0.05)
    async with asyncio.timeout(5):
        while not await _answers(client):
            pass
    assert await client.get("/things/1", Thing) == Thing(name="a")


async def _answers(client: PeerClient) -> bool:
    try:
        return await client.get("/things/1", Thing) is not None
    except DependencyUnavailable:
        return False


async def test_a_peer_that_drips_is_given_up(client_of: Clients) -> None:
    class Dripping(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b" "
                await asyncio.sleep(0.01)

    peer = Peer(*(httpx.Response(200, stream=Dripping()) for _ in range(3)))
    with pytest.raises(DependencyUnavailable, match="TimeoutError"):
        await client_of(peer, resource_timeout_s=0.05).get("/things/1", Thing)


async def test_one_call_probes_a_peer_that_failed_while_the_others_fail_at_once() -> None:
    circuit = CircuitBreaker(threshold=1, open_s=0.05)
    circuit.failed()
    async with asyncio.timeout(5):
        while _is_open(circuit):  # noqa: ASYNC110 - a circuit tells nobody
            await asyncio.sleep(0.01)
    assert _is_open(circuit)
    circuit.succeeded()
    assert not _is_open(circuit)


def _is_open(circuit: CircuitBreaker) -> bool:
    try:
        circuit.check("thing-service")
    except DependencyUnavailable:
        return True
    return False


async def test_refusals_do_not_count_as_failures(client_of: Clients) -> None:
    client = client_of(Peer(failing(404)))
    for _ in range(10):
        with pytest.raises(NotFoundError):
            await client.get("/things/1", Thing)


async def test_content_is_streamed_to_a_file(client_of: Clients, tmp_path: Path) -> None:
    peer = Peer(failing(), httpx.Response(200, content=b"0123456789"))
    await client_of(peer).download("/things/1/content", tmp_path / "it", max_bytes=10)
    assert (tmp_path / "it").read_bytes() == b"0123456789"


async def test_content_over_the_limit_is_refused_at_the_first_try(
    client_of: Clients, tmp_path: Path
) -> None:
    peer = Peer(httpx.Response(200, content=b"0123456789"))
    with pytest.raises(PayloadTooLarge, match="more than 9 bytes"):
        await client_of(peer).download("/things/1/content", tmp_path / "it", max_bytes=9)
    assert len(peer.requests) == 1


class Breaking(httpx.AsyncByteStream):
    """Content whose connection breaks in the middle."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"01234"
        raise httpx.ReadError("connection reset")


async def test_content_that_breaks_off_is_fetched_again_from_its_start(
    client_of: Clients, tmp_path: Path
) -> None:
    whole = httpx.Response(200, content=b"0123456789")
    peer = Peer(httpx.Response(200, stream=Breaking()), whole)
    await client_of(peer).download("/things/1/content", tmp_path / "it", max_bytes=10)
    assert (tmp_path / "it").read_bytes() == b"0123456789"
