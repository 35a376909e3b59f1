"""Promises 1 and 7: one commit, one event, in order; the broker is on nobody's path."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy import bindparam, insert, text

from common.db import Database
from common.errors import DependencyUnavailable, PayloadTooLarge
from common.ids import new_id
from common.kafka.publisher import MAX_RECORD_BYTES, Publisher
from common.models import InboxRow
from common.outbox import MAX_EVENT_BYTES, Change, Outbox, with_event
from common.relay import OutboxRelay, republish_all
from contracts.events import EventType
from tests.support import Topics, counted, make_poi

SILENT_PORT = 1  # nothing listens on tcpmux


@pytest.fixture
async def publisher(broker: str) -> AsyncIterator[Publisher]:
    publisher = Publisher(broker, client_id="test")
    yield publisher
    await publisher.close()


async def add_events(database: Database, outbox: Outbox, count: int) -> list[UUID]:
    poi = make_poi()
    async with database.transaction() as tx:
        return [await outbox.add(tx, EventType.POI_UPDATED, poi) for _ in range(count)]


async def test_a_committed_event_reaches_its_topic_keyed_by_poi_with_six_keys(
    database: Database, publisher: Publisher, topics: Topics
) -> None:
    outbox, poi = Outbox(), make_poi()
    async with database.transaction() as tx:
        event_id = await outbox.add(tx, EventType.POI_CREATED, poi)
    assert await OutboxRelay(database, outbox, publisher).publish_batch() == 1
    (record,) = await topics.read("poi.events", {event_id})
    assert record.key == str(poi.id).encode()
    assert set(record.json()) == {
        "event_id",
        "event_type",
        "occurred_at",
        "schema_version",
        "correlation_id",
        "payload",
    }
    assert record.json()["payload"]["id"] == str(poi.id)


async def test_a_change_that_is_rolled_back_tells_nothing(
    database: Database, publisher: Publisher
) -> None:
    outbox = Outbox()

    async def change() -> None:
        async with database.transaction() as tx:
            await outbox.add(tx, EventType.POI_CREATED, make_poi())
            raise RuntimeError("the rule says no")

    with pytest.raises(RuntimeError):
        await change()
    assert not outbox.added.is_set()
    assert await OutboxRelay(database, outbox, publisher).publish_batch() == 0


async def test_a_change_and_its_event_are_one_statement(
    database: Database, publisher: Publisher, topics: Topics
) -> None:
    outbox = Outbox()
    event_id = await outbox.add_with(database, handled_once(), EventType.POI_CREATED, make_poi())
    assert outbox.added.is_set()
    assert await database.one(text("SELECT count(*) AS changes FROM inbox")) == {"changes": 1}
    assert await OutboxRelay(database, outbox, publisher).publish_batch() == 1
    assert await topics.read("poi.events", {event_id})


async def test_a_change_that_fails_takes_its_event_along(database: Database) -> None:
    outbox, change = Outbox(), handled_once()
    await database.run(text("INSERT INTO inbox VALUES ('a-group', :id)"), id=change.params["event"])
    with pytest.raises(UniqueViolation):
        await outbox.add_with(database, change, EventType.POI_CREATED, make_poi())
    assert not outbox.added.is_set()
    assert await database.one(text("SELECT count(*) AS events FROM outbox")) == {"events": 0}


def handled_once() -> Change:
    """A change that can be made once."""
    statement = insert(InboxRow).values(event_id=bindparam("event"))
    return Change(
        with_event(statement, ["consumer_group"]), {"consumer_group": "a-group", "event": new_id()}
    )


async def test_events_stay_in_the_outbox_while_the_broker_is_away(
    database: Database, publisher: Publisher, topics: Topics
) -> None:
    outbox = Outbox()
    added = await add_events(database, outbox, 3)
    nowhere = Publisher(f"127.0.0.1:{SILENT_PORT}", client_id="test")
    with pytest.raises(DependencyUnavailable):
        await OutboxRelay(database, outbox, nowhere).publish_batch()
    assert await OutboxRelay(database, outbox, publisher).publish_batch() == 3
    assert [r.event_id for r in await topics.read("poi.events", set(added))] == added


async def test_an_event_that_no_broker_would_take_is_refused_with_its_change(
    database: Database,
) -> None:
    outbox = Outbox()
    endless = make_poi().model_copy(update={"description": "é" * (MAX_EVENT_BYTES // 2)})

    async def change() -> None:
        async with database.transaction() as tx:
            await tx.run(text("INSERT INTO inbox VALUES ('a-group', :id)"), id=new_id())
            await outbox.add(tx, EventType.POI_UPDATED, endless)

    with pytest.raises(PayloadTooLarge, match="shorten the texts"):
        await change()
    assert await database.one(text("SELECT count(*) AS changes FROM inbox")) == {"changes": 0}


async def test_a_record_that_is_too_large_holds_back_its_own_key_and_no_other(
    database: Database, publisher: Publisher, topics: Topics
) -> None:
    outbox, large, other = Outbox(), make_poi(), make_poi()
    await leave_behind(database, str(large.id), size=MAX_RECORD_BYTES + 1)
    async with database.transaction() as tx:
        behind = await outbox.add(tx, EventType.POI_UPDATED, large)
        beside = await outbox.add(tx, EventType.POI_UPDATED, other)
    relay = OutboxRelay(database, outbox, publisher)
    assert await relay.publish_batch() == 1
    assert counted("outbox_keys_held") == 1
    assert await topics.read("poi.events", {beside})
    assert await relay.publish_batch() == 0
    kept = await database.all(text("SELECT key FROM outbox WHERE published_at IS NULL"))
    assert [row["key"] for row in kept] == [str(large.id)] * 2
    await database.run(text("DELETE FROM outbox WHERE length(value) > 8000000"))
    assert await OutboxRelay(database, outbox, publisher).publish_batch() == 1
    assert await topics.read("poi.events", {behind})
    assert counted("outbox_keys_held") == 0


async def leave_behind(database: Database, key: str, *, size: int) -> None:
    """A record as somebody else's hand, or another release, may have left it in the outbox."""
    await database.run(
        text(
            "INSERT INTO outbox (event_id, topic, key, value)"
            " VALUES (:id, 'poi.events', :key, convert_to(repeat('x', :size), 'UTF8'))"
        ),
        id=new_id(),
        key=key,
        size=size,
    )


async def test_two_relays_never_invert_or_repeat_the_order_of_a_key(
    database: Database, broker: str, topics: Topics
) -> None:
    outbox, stop = Outbox(), asyncio.Event()
    publishers = [Publisher(broker, client_id=f"relay-{n}") for n in range(2)]
    relays = [
        asyncio.create_task(OutboxRelay(database, outbox, publisher).run(stop))
        for publisher in publishers
    ]
    batches = await asyncio.gather(*(add_events(database, outbox, 25) for _ in range(8)))
    added = {event_id for batch in batches for event_id in batch}
    records = await topics.read("poi.events", added)
    stop.set()
    await asyncio.gather(*relays)
    for publisher in publishers:
        await publisher.close()
    for batch in batches:
        ours = set(batch)
        assert [r.event_id for r in records if r.event_id in ours] == batch


async def test_a_broker_that_forgot_is_told_again_with_the_same_event_ids(
    database: Database, publisher: Publisher, topics: Topics
) -> None:
    outbox = Outbox()
    added = await add_events(database, outbox, 2)
    relay = OutboxRelay(database, outbox, publisher)
    await relay.publish_batch()
    assert await republish_all(database) >= 2
    await relay.publish_batch()
    records = await topics.read("poi.events", set(added), copies=2)
    assert [r.event_id for r in records] == [*added, *added]
