"""Rows that have served their purpose go, and no others, in batches, by one process at a time."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, text, update

from common.db import Database
from common.housekeeping import (
    BATCH_SIZE,
    INBOX_RETENTION,
    OUTBOX_RETENTION,
    Housekeeping,
)
from common.inbox import first_time
from common.models import Base, IdempotencyRow, InboxRow, OutboxRow
from common.outbox import Outbox
from contracts.events import EventType
from contracts.topics import Topic
from tests.support import DatabaseGate, eventually, make_poi

A_MOMENT = timedelta(minutes=1)


@pytest.fixture
def housekeeping(database: Database) -> Housekeeping:
    return Housekeeping(database, every_s=60)


@pytest.fixture
def going_on() -> asyncio.Event:
    return asyncio.Event()


async def count(database: Database, row: type[Base]) -> int:
    async with database.connection() as queries:
        found = await queries.one(select(func.count().label("count")).select_from(row))
    assert found is not None
    return int(found["count"])


async def add_event(database: Database, *, published_ago: timedelta) -> None:
    async with database.transaction() as tx:
        event_id = await Outbox().add(tx, EventType.POI_UPDATED, make_poi())
        await tx.run(
            update(OutboxRow)
            .where(OutboxRow.event_id == event_id)
            .values(published_at=func.now() - published_ago)
        )


async def add_key(database: Database, *, expired_ago: timedelta) -> None:
    async with database.transaction() as tx:
        await tx.run(
            insert(IdempotencyRow).values(
                scope_hash=str(uuid4()),
                fingerprint="f",
                owner=uuid4(),
                locked_until=func.now(),
                expires_at=func.now() - expired_ago,
            )
        )


async def handle_event(database: Database, *, handled_ago: timedelta) -> None:
    event_id = uuid4()
    async with database.transaction() as tx:
        assert await first_time(tx, "a-group", event_id)
        await tx.run(
            update(InboxRow)
            .where(InboxRow.event_id == event_id)
            .values(handled_at=func.now() - handled_ago)
        )


async def test_events_go_from_the_outbox_a_week_after_they_were_published(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    await add_event(database, published_ago=OUTBOX_RETENTION + A_MOMENT)
    await add_event(database, published_ago=OUTBOX_RETENTION - A_MOMENT)
    await housekeeping.purge(going_on)
    assert await count(database, OutboxRow) == 1


async def test_an_event_that_was_not_published_stays_however_old_it_is(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    async with database.transaction() as tx:
        await Outbox().add(tx, EventType.POI_UPDATED, make_poi())
        await tx.run(update(OutboxRow).values(created_at=func.now() - timedelta(days=365)))
    await housekeeping.purge(going_on)
    assert await count(database, OutboxRow) == 1


async def test_handled_events_go_once_they_cannot_come_again(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    await handle_event(database, handled_ago=INBOX_RETENTION + A_MOMENT)
    await handle_event(database, handled_ago=INBOX_RETENTION - A_MOMENT)
    await housekeeping.purge(going_on)
    assert await count(database, InboxRow) == 1


def test_the_inbox_outlives_every_way_that_an_event_may_come_again() -> None:
    script = (Path(__file__).parents[3] / "scripts" / "create-topics.sh").read_text()
    created = dict(re.findall(r"^create (\S+) (\d+)", script, re.MULTILINE))
    days = {topic: timedelta(days=int(created[topic])) for topic in Topic}
    dead = days.pop(Topic.DEAD_LETTERS)
    longest = max(days.values())
    assert longest + dead + longest <= INBOX_RETENTION
    assert OUTBOX_RETENTION + longest <= INBOX_RETENTION


async def test_idempotency_keys_go_when_they_have_expired(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    await add_key(database, expired_ago=A_MOMENT)
    await add_key(database, expired_ago=-A_MOMENT)
    await housekeeping.purge(going_on)
    assert await count(database, IdempotencyRow) == 1


async def test_more_than_a_batch_goes_in_batches(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    async with database.transaction() as tx:
        await tx.run(
            text(
                "INSERT INTO inbox (consumer_group, event_id, handled_at)"
                " SELECT 'a-group', gen_random_uuid(), now() - interval '1 year'"
                " FROM generate_series(1, :many)"
            ),
            many=2 * BATCH_SIZE + 1,
        )
    await housekeeping.purge(going_on)
    assert await count(database, InboxRow) == 0


async def test_one_process_purges_at_a_time(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    await add_key(database, expired_ago=A_MOMENT)
    async with database.transaction() as elsewhere:
        await elsewhere.run(text("SELECT pg_advisory_xact_lock(x'686f757365'::bigint)"))
        await housekeeping.purge(going_on)
        assert await count(database, IdempotencyRow) == 1
    await housekeeping.purge(going_on)
    assert await count(database, IdempotencyRow) == 0


async def test_a_row_that_somebody_holds_is_left_for_the_next_time(
    database: Database, housekeeping: Housekeeping, going_on: asyncio.Event
) -> None:
    await add_key(database, expired_ago=A_MOMENT)
    async with database.transaction() as holder:
        await holder.run(select(IdempotencyRow.scope_hash).with_for_update())
        async with asyncio.timeout(5):
            await housekeeping.purge(going_on)
        assert await count(database, IdempotencyRow) == 1


async def test_it_purges_at_once_and_outlives_a_database_that_is_down(
    gated: Database, gate: DatabaseGate, database: Database
) -> None:
    await add_key(database, expired_ago=A_MOMENT)
    gate.shut()
    stop = asyncio.Event()
    running = asyncio.create_task(Housekeeping(gated, every_s=60).run(stop))
    await asyncio.wait({running}, timeout=0.3)
    assert await count(database, IdempotencyRow) == 1
    gate.open()
    async with asyncio.timeout(20):
        while await count(database, IdempotencyRow):  # noqa: ASYNC110 - rows tell nobody
            await asyncio.sleep(0.05)
    stop.set()
    await eventually(running.done, within_s=2)
    assert running.exception() is None
