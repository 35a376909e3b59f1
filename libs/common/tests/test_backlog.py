"""Gauges of what waits: outbox, jobs, the database and its connections."""

import asyncio
import math
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import func, update

from common.backlog import BacklogGauges
from common.db import Database
from common.ids import new_id
from common.jobs import Jobs
from common.models import JobRow, OutboxRow
from common.outbox import Outbox
from contracts.events import EventType
from tests.support import DatabaseGate, eventually, make_poi


def gauge(name: str, **labels: str) -> float | None:
    """What it stands at, None when nothing is told."""
    return REGISTRY.get_sample_value(name, labels)


@pytest.fixture
async def jobs(database: Database) -> Jobs:
    return Jobs(database)


async def test_the_outbox_tells_how_many_events_wait_and_for_how_long(database: Database) -> None:
    async with database.transaction() as tx:
        for _ in range(3):
            await Outbox().add(tx, EventType.POI_UPDATED, make_poi())
        await tx.run(update(OutboxRow).values(created_at=func.now() - timedelta(hours=1)))
        published = await Outbox().add(tx, EventType.POI_UPDATED, make_poi())
        await tx.run(
            update(OutboxRow).where(OutboxRow.event_id == published).values(published_at=func.now())
        )
    await BacklogGauges(database).measure()
    assert gauge("outbox_waiting") == 3
    assert gauge("outbox_oldest_seconds") == pytest.approx(3600, abs=60)
    assert gauge("database_up") == 1


async def test_an_empty_outbox_tells_zeros(database: Database) -> None:
    await BacklogGauges(database).measure()
    assert (gauge("outbox_waiting"), gauge("outbox_oldest_seconds")) == (0, 0)


async def test_jobs_are_told_by_kind_and_state(database: Database, jobs: Jobs) -> None:
    async with database.transaction() as tx:
        for kind in ("film", "film", "film", "speech"):
            await jobs.enqueue(tx, kind, new_id(), {})
        await jobs.enqueue(tx, "film", new_id(), {}, delay=timedelta(hours=1))
        await tx.run(
            update(JobRow)
            .where(JobRow.kind == "speech")
            .values(run_at=func.now() - timedelta(minutes=10))
        )
    assert await jobs.claim(["film"], timedelta(minutes=1)) is not None
    gauges = BacklogGauges(database)
    await gauges.measure()
    assert gauge("jobs", kind="film", state="due") == 2
    assert gauge("jobs", kind="film", state="in_hand") == 1
    assert gauge("jobs", kind="film", state="later") == 1
    assert gauge("jobs_oldest_due_seconds", kind="speech") == pytest.approx(600, abs=60)
    async with database.transaction() as tx:
        await tx.run(update(JobRow).values(kind="speech"))
    await gauges.measure()
    assert gauge("jobs", kind="film", state="due") is None


async def test_a_job_whose_worker_died_is_due_again(database: Database, jobs: Jobs) -> None:
    async with database.transaction() as tx:
        await jobs.enqueue(tx, "film", new_id(), {})
    assert await jobs.claim(["film"], timedelta(seconds=-1)) is not None
    await BacklogGauges(database).measure()
    assert gauge("jobs", kind="film", state="due") == 1


async def test_connections_are_told_by_what_they_are_at(database: Database) -> None:
    gauges = BacklogGauges(database)
    async with database.connection(), database.connection():
        await gauges.measure()
        assert gauge("database_connections", state="in_use") == 2
    assert gauge("database_waiting") == 0


async def test_of_a_database_that_is_down_nothing_is_claimed(
    gated: Database, gate: DatabaseGate
) -> None:
    gauges = BacklogGauges(gated, every_s=0.05)
    gate.shut()
    await gauges.measure()
    assert gauge("database_up") == 0
    assert math.isnan(gauge("outbox_waiting") or 0)
    gate.open()
    stop = asyncio.Event()
    running = asyncio.create_task(gauges.run(stop))
    await eventually(lambda: gauge("database_up") == 1)
    stop.set()
    await running
    assert gauge("outbox_waiting") is not None
