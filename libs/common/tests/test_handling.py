"""Promises 2 and 3: handled once in effect; poison is buried at once, a passing fault never."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from common.clock import utc_now
from common.db import Database, Transaction
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.jobs import Jobs
from common.kafka.handling import RecordHandler
from common.kafka.publisher import Publisher
from common.kafka.records import Event, ReceivedRecord
from common.models import JobRow
from contracts.events import EventType, encode
from contracts.poi import Poi
from tests.support import DatabaseGate, Topics, counted, eventually, make_poi

GROUP = "test-service"
DLQ_HEADERS = {
    "dlq-original-topic",
    "dlq-original-partition",
    "dlq-original-offset",
    "dlq-original-timestamp",
    "dlq-consumer-group",
    "dlq-exception-type",
    "dlq-exception-message",
    "dlq-exception-stacktrace",
}
_offsets = count(41)


def record(value: bytes | None, key: bytes | None = None) -> ReceivedRecord:
    return ReceivedRecord(
        topic="poi.events",
        partition=3,
        offset=next(_offsets),
        timestamp_ms=1_764_000_000_000,
        key=key or str(new_id()).encode(),
        value=value,
        headers=(("traceparent", b"00-abc"), ("raw", b"\xff\x00")),
    )


def event_value(poi: Poi, **changes: Any) -> bytes:
    """An envelope on the wire; `changes` replace its keys."""
    encoded = encode(
        EventType.POI_UPDATED,
        poi,
        event_id=new_id(),
        occurred_at=utc_now(),
        correlation_id="from-the-request",
    )
    return json.dumps({**json.loads(encoded), **changes}).encode()


@dataclass
class Listener:
    """A handler whose effect is a job; it fails as told first."""

    jobs: Jobs
    failures: list[Exception] = field(default_factory=list)
    seen: list[UUID] = field(default_factory=list)

    async def on_update(self, tx: Transaction, event: Event[Poi]) -> None:
        await self.jobs.enqueue(tx, "effect", new_id(), {})
        self.seen.append(event.payload.id)
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture
def listener(database: Database) -> Listener:
    return Listener(Jobs(database))


@pytest.fixture(scope="module")
async def publisher(broker: str) -> AsyncIterator[Publisher]:
    publisher = Publisher(broker, client_id="test")
    yield publisher
    await publisher.close()


@pytest.fixture
def handler(database: Database, publisher: Publisher, listener: Listener) -> RecordHandler:
    return RecordHandler(database, publisher, GROUP, {EventType.POI_UPDATED: listener.on_update})


async def effects(database: Database) -> int:
    async with database.connection() as queries:
        row = await queries.one(select(func.count().label("count")).select_from(JobRow))
    assert row is not None
    return int(row["count"])


@pytest.mark.parametrize("foreign", ["é", "two\nlines", "", "x" * 129])
async def test_a_correlation_id_that_no_header_takes_is_replaced(
    handler: RecordHandler, database: Database, foreign: str
) -> None:
    await handler.handle(record(event_value(make_poi(), correlation_id=foreign)))
    async with database.connection() as queries:
        job = await queries.one(select(JobRow.correlation_id))
    assert job is not None
    assert re.fullmatch("[a-z0-9-]{36}", job["correlation_id"])


async def test_an_event_delivered_twice_is_handled_once(
    handler: RecordHandler, database: Database
) -> None:
    value = event_value(make_poi())
    await handler.handle(record(value))
    await handler.handle(record(value))
    assert await effects(database) == 1


async def test_an_event_delivered_ten_times_at_once_is_handled_once(
    handler: RecordHandler, database: Database
) -> None:
    value = event_value(make_poi())
    await asyncio.gather(*(handler.handle(record(value)) for _ in range(10)))
    assert await effects(database) == 1


async def test_each_group_handles_an_event_for_itself(
    handler: RecordHandler, listener: Listener, database: Database, publisher: Publisher
) -> None:
    handlers = {EventType.POI_UPDATED: listener.on_update}
    other = RecordHandler(database, publisher, "another-service", handlers)
    value = event_value(make_poi())
    await handler.handle(record(value))
    await other.handle(record(value))
    assert await effects(database) == 2


async def test_fields_of_a_later_version_are_passed_over(
    handler: RecordHandler, database: Database
) -> None:
    payload = {**make_poi().model_dump(mode="json"), "invented_later": {"a": 1}}
    await handler.handle(record(event_value(make_poi(), payload=payload, trace="x")))
    assert await effects(database) == 1


@pytest.mark.parametrize("event_type", ["poi.invented_later", "poi.created"])
async def test_events_that_nobody_here_handles_are_passed_over(
    handler: RecordHandler, database: Database, event_type: str
) -> None:
    await handler.handle(record(event_value(make_poi(), event_type=event_type, payload={})))
    assert await effects(database) == 0


POISON = {
    "a tombstone": None,
    "no JSON": b"\xff\xfe not json",
    "no object": b"[]",
    "a missing key": b'{"event_id": "0190c5f0-0000-7000-8000-000000000000"}',
    "a later schema": event_value(make_poi(), schema_version=2),
    "a payload that breaks the contract": event_value(make_poi(), payload={"id": "x"}),
}


@pytest.mark.parametrize("value", POISON.values(), ids=POISON.keys())
async def test_poison_goes_to_the_dead_letters_as_it_came_and_says_why(
    handler: RecordHandler, topics: Topics, database: Database, value: bytes | None
) -> None:
    poison = record(value)
    assert poison.key is not None
    async with asyncio.timeout(5):
        await handler.handle(poison)
    (letter,) = await topics.read_keyed("dlq.events", poison.key)
    assert letter.record.value == value
    assert tuple(letter.record.headers[:2]) == poison.headers
    reasons = {n: v.decode() for n, v in letter.record.headers if n.startswith("dlq-")}
    assert set(reasons) == DLQ_HEADERS
    assert reasons["dlq-original-topic"] == "poi.events"
    assert reasons["dlq-original-partition"] == "3"
    assert reasons["dlq-original-offset"] == str(poison.offset)
    assert reasons["dlq-original-timestamp"] == "1764000000000"
    assert reasons["dlq-consumer-group"] == GROUP
    assert "Traceback" in reasons["dlq-exception-stacktrace"]
    assert await effects(database) == 0


async def test_an_event_whose_handler_fails_is_a_dead_letter_without_effect(
    handler: RecordHandler, listener: Listener, topics: Topics, database: Database
) -> None:
    listener.failures = [RuntimeError("été \ud800 " + "x" * 5000)]
    poison = record(event_value(make_poi()))
    assert poison.key is not None
    await handler.handle(poison)
    (letter,) = await topics.read_keyed("dlq.events", poison.key)
    reasons = dict(letter.record.headers)
    assert reasons["dlq-exception-type"] == b"builtins.RuntimeError"
    assert reasons["dlq-exception-message"].decode().startswith("été ? xxx")
    assert letter.record.value == poison.value
    assert await effects(database) == 0


class Speechless(Exception):  # noqa: N818
    """An error that cannot even be told."""

    def __str__(self) -> str:
        raise ValueError("no words")


async def test_an_error_that_cannot_be_told_is_buried_all_the_same(
    handler: RecordHandler, listener: Listener, topics: Topics
) -> None:
    listener.failures = [Speechless()]
    poison = record(event_value(make_poi()))
    await handler.handle(poison)
    assert poison.key is not None
    (letter,) = await topics.read_keyed("dlq.events", poison.key)
    message = dict(letter.record.headers)["dlq-exception-message"]
    assert message == b"its message cannot be shown (ValueError)"


async def test_a_dead_letter_that_is_delivered_again_is_handled(
    handler: RecordHandler, listener: Listener, database: Database
) -> None:
    listener.failures = [RuntimeError("a bug that is fixed then")]
    value = event_value(make_poi())
    await handler.handle(record(value))
    await handler.handle(record(value))
    assert await effects(database) == 1


async def test_a_passing_fault_is_retried_until_it_has_passed(
    handler: RecordHandler, listener: Listener, database: Database
) -> None:
    poi = make_poi()
    listener.failures = [DependencyUnavailable("the peer is down"), ConnectionResetError()]
    await handler.handle(record(event_value(poi)))
    assert listener.seen == [poi.id] * 3
    assert await effects(database) == 1


async def test_events_wait_for_a_database_that_is_down(
    gate: DatabaseGate, gated: Database, listener: Listener, database: Database
) -> None:
    no_broker = Publisher("127.0.0.1:1", client_id="test")  # nothing could be buried there
    handler = RecordHandler(gated, no_broker, GROUP, {EventType.POI_UPDATED: listener.on_update})
    await handler.handle(record(event_value(make_poi())))
    gate.shut()
    handling = asyncio.create_task(handler.handle(record(event_value(make_poi()))))
    await asyncio.wait({handling}, timeout=0.3)
    assert not handling.done()
    gate.open()
    await eventually(handling.done)
    assert await effects(database) == 2


@pytest.mark.parametrize(
    ("outcome", "value", "failures"),
    [
        ("handled", event_value(make_poi()), []),
        ("passed_over", event_value(make_poi(), event_type="poi.invented_later"), []),
        ("dead_lettered", b"poison", []),
        ("retried", event_value(make_poi()), [DependencyUnavailable("the peer is down")]),
    ],
)
async def test_what_becomes_of_a_record_is_counted(
    handler: RecordHandler,
    listener: Listener,
    outcome: str,
    value: bytes,
    failures: list[Exception],
) -> None:
    before = counted("events_consumed_total", topic="poi.events", outcome=outcome)
    listener.failures = failures
    await handler.handle(record(value))
    assert counted("events_consumed_total", topic="poi.events", outcome=outcome) == before + 1


async def test_a_duplicate_is_counted_as_one(handler: RecordHandler) -> None:
    value = event_value(make_poi())
    await handler.handle(record(value))
    before = counted("events_consumed_total", topic="poi.events", outcome="duplicate")
    await handler.handle(record(value))
    assert counted("events_consumed_total", topic="poi.events", outcome="duplicate") == before + 1


async def test_the_delay_of_an_event_is_measured_from_when_it_occurred(
    handler: RecordHandler,
) -> None:
    long_ago = (utc_now() - timedelta(seconds=1000)).isoformat()
    before = counted("event_delay_seconds_sum", topic="poi.events")
    await handler.handle(record(event_value(make_poi(), occurred_at=long_ago)))
    assert counted("event_delay_seconds_sum", topic="poi.events") > before + 999
