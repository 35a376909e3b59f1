"""Events per second through the outbox relay, and through a consumer, on the embedded parts.

Targets: 2,000/s relayed, 500/s consumed. Each consumed event is one transaction: its inbox row and
a row that its handler writes. The event loop is the services' own, uvloop.

    python tests/benchmarks/bench_events.py [events]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import structlog
import uvloop
from sqlalchemy import NullPool, create_engine

from common.clock import utc_now
from common.config import ServiceSettings
from common.db import Database, Transaction
from common.ids import new_id
from common.jobs import Jobs
from common.kafka.consumer import EventConsumer
from common.kafka.publisher import Publisher
from common.kafka.records import Event
from common.migrations import create_database, database_url
from common.models import Base
from common.outbox import Outbox
from common.relay import OutboxRelay
from contracts.events import EventType
from contracts.poi import Facts, Poi, PoiStatus
from devstack.broker import running_broker
from devstack.postgres import running_postgres

DEFAULT_EVENTS = 10_000
KEYS = 100
TARGET_RELAYED = 2_000
TARGET_CONSUMED = 500


@contextmanager
def embedded_parts(folder: Path) -> Iterator[ServiceSettings]:
    """A PostgreSQL server and a broker of this run's own; the tables that every service has."""
    with running_postgres(folder / "data") as server, running_broker() as address:
        settings = ServiceSettings(
            service_name="bench",
            port=8000,
            postgres_host=server.host,
            postgres_port=5432,
            postgres_db="bench",
            kafka_bootstrap_servers=address,
        )
        create_database(settings)
        engine = create_engine(database_url(settings), poolclass=NullPool)
        Base.metadata.create_all(engine)
        engine.dispose()
        yield settings


@asynccontextmanager
async def connected(settings: ServiceSettings) -> AsyncIterator[tuple[Database, Publisher]]:
    """The database and a publisher, for the block."""
    database = Database(settings)
    publisher = Publisher(settings.kafka_bootstrap_servers, client_id="bench")
    await database.open()
    try:
        yield database, publisher
    finally:
        await publisher.close()
        await database.close()


async def fill_outbox(database: Database, events: int) -> None:
    """So many events of KEYS properties, as their changes would have left them."""
    outbox = Outbox()
    pois = [make_poi() for _ in range(KEYS)]
    async with database.transaction() as tx:
        for number in range(events):
            await outbox.add(tx, EventType.POI_UPDATED, pois[number % KEYS])


async def relayed_per_s(database: Database, publisher: Publisher) -> float:
    """How fast the relay empties the outbox."""
    relay = OutboxRelay(database, Outbox(), publisher)
    began = time.perf_counter()
    total = 0
    while published := await relay.publish_batch():
        total += published
    return total / (time.perf_counter() - began)


async def consumed_per_s(
    settings: ServiceSettings, database: Database, publisher: Publisher, events: int
) -> float:
    """How fast a consumer works through what was relayed, from its first event to its last."""
    jobs, stop = Jobs(database), asyncio.Event()
    times: list[float] = []

    async def handle(tx: Transaction, event: Event[Poi]) -> None:
        await jobs.enqueue(tx, "bench", event.event_id, {})
        times.append(time.perf_counter())
        if len(times) == events:
            stop.set()

    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group="bench",
        database=database,
        publisher=publisher,
        handlers={EventType.POI_UPDATED: handle},
    )
    await consumer.run(stop)
    return events / (times[-1] - times[0])


def make_poi() -> Poi:
    """A property with a description of a usual length."""
    now = utc_now()
    return Poi(
        id=new_id(),
        name="Villa Méditerranée",
        description="Une villa lumineuse au cœur de Montpellier. " * 20,
        address="12 avenue Montaigne, 34000 Montpellier",
        lat=None,
        lon=None,
        poi_type="villa",
        tags=("piscine", "vue mer"),
        facts=Facts(),
        agency=None,
        status=PoiStatus.DRAFT,
        version=1,
        created_at=now,
        updated_at=now,
    )


async def measure(settings: ServiceSettings, events: int) -> None:
    """Prints both figures beside their targets."""
    async with connected(settings) as (database, publisher):
        await fill_outbox(database, events)
        relayed = await relayed_per_s(database, publisher)
        consumed = await consumed_per_s(settings, database, publisher, events)
    print(f"relay:    {relayed:8,.0f} events/s (target {TARGET_RELAYED:,}), {events:,} events")
    print(f"consumer: {consumed:8,.0f} events/s (target {TARGET_CONSUMED:,}), {events:,} events")


def main() -> None:
    """The command line."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_EVENTS
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        embedded_parts(Path(folder)) as settings,
    ):
        uvloop.run(measure(settings, events))


if __name__ == "__main__":
    main()
