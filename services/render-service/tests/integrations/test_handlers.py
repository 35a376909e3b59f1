import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.config import Settings
from app.integrations.handlers import event_handlers
from common.clock import utc_now
from common.ids import new_id
from common.kafka.consumer import EventConsumer
from common.kafka.publisher import Publisher
from common.kafka.records import Record
from contracts.events import EVENTS, EventType, encode
from contracts.render import RenderProfile
from contracts.script import Script
from contracts.services import ServiceName
from contracts.topics import Topic
from tests.film.stage import scene, script
from tests.support import Workshop


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    publisher = Publisher(settings.kafka_bootstrap_servers, client_id="test")
    yield publisher
    await publisher.close()


@pytest.fixture
async def consumer(
    settings: Settings, workshop: Workshop, publisher: Publisher
) -> AsyncIterator[None]:
    """The service's consumer, running."""
    stop = asyncio.Event()
    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=f"render-service-{new_id()}",
        database=workshop.database,
        publisher=publisher,
        handlers=event_handlers(workshop.jobs, RenderProfile.DRAFT, "stub"),
    )
    running = asyncio.create_task(consumer.run(stop))
    yield
    stop.set()
    await running


def _generated(content: Script) -> Record:
    value = encode(
        EventType.SCRIPT_GENERATED,
        content,
        event_id=new_id(),
        occurred_at=utc_now(),
        correlation_id="from-the-request",
    )
    return Record(Topic.VIDEO, str(content.partition_key).encode(), value)


async def _renders_of(
    client: httpx.AsyncClient, content: Script, count: int
) -> list[dict[str, object]]:
    """The renders of the script's POI, once there are so many."""
    async with asyncio.timeout(30):
        while True:
            answer = await client.get("/renders", params={"poi_id": str(content.poi_id)})
            if len(found := answer.json()) >= count:
                return list(found)
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("consumer")
async def test_a_script_generated_is_a_film_ordered_once_however_often_it_is_delivered(
    client: httpx.AsyncClient, publisher: Publisher, workshop: Workshop
) -> None:
    wanted = script([scene(0), scene(1)])
    later = script([scene(0)]).model_copy(update={"poi_id": wanted.poi_id})
    event = _generated(wanted)
    await publisher.publish([event, event, _generated(later)])

    renders = await _renders_of(client, wanted, 2)
    assert [each["script_id"] for each in renders] == [str(later.id), str(wanted.id)]
    assert {each["status"] for each in renders} == {"queued"}
    job = await workshop.claim()
    assert (str(job.subject_id), job.correlation_id) == (renders[1]["id"], "from-the-request")


def test_it_consumes_what_the_contract_says(workshop: Workshop) -> None:
    ours = {t for t, contract in EVENTS.items() if ServiceName.RENDER in contract.consumers}
    assert event_handlers(workshop.jobs, RenderProfile.DRAFT, "stub").keys() == ours
