"""The lane of a partition: in order, a commit per batch, and an end that is not passed over."""

import asyncio
from dataclasses import dataclass, field

import pytest

from common.db import Database
from common.kafka.handling import RecordHandler
from common.kafka.lane import Lane
from common.kafka.publisher import Publisher
from common.kafka.records import ReceivedRecord
from tests.support import eventually, make_poi
from tests.test_handling import event_value


@dataclass
class Commits:
    """Notes what is committed; fails as told."""

    failure: Exception | None = None
    offsets: list[int] = field(default_factory=list)
    made_room: int = 0

    async def commit(self, offset: int) -> None:
        if self.failure:
            raise self.failure
        self.offsets.append(offset)

    def room(self) -> None:
        self.made_room += 1


def record(offset: int) -> ReceivedRecord:
    """An event that nobody here has a handler for."""
    return ReceivedRecord(
        topic="poi.events",
        partition=0,
        offset=offset,
        timestamp_ms=0,
        key=b"a-key",
        value=event_value(make_poi()),
    )


@pytest.fixture
def handler(database: Database, nobody: str) -> RecordHandler:
    return RecordHandler(database, Publisher(nobody, client_id="test"), "a-group", {})


async def test_a_batch_is_committed_once_with_the_offset_to_go_on_from(
    handler: RecordHandler,
) -> None:
    commits = Commits()
    lane = Lane(handler, commits.commit, commits.room)
    lane.add([record(offset) for offset in range(7, 12)])
    assert lane.busy
    await eventually(lambda: not lane.busy and commits.made_room == 1)
    assert commits.offsets == [12]
    await lane.close(1)


async def test_a_lane_that_is_full_says_so_until_it_has_room(handler: RecordHandler) -> None:
    commits = Commits()
    lane = Lane(handler, commits.commit, commits.room)
    lane.add([record(offset) for offset in range(1000)])
    assert lane.full
    await eventually(lambda: not (lane.busy or lane.full) and commits.made_room == 2)
    assert commits.offsets == [500, 1000]
    await lane.close(1)


async def test_what_nobody_foresaw_in_a_lane_is_raised_at_the_next_look(
    handler: RecordHandler,
) -> None:
    lane = Lane(handler, Commits(RuntimeError("unforeseen")).commit, lambda: None)
    lane.check()
    lane.add([record(0)])
    async with asyncio.timeout(5):
        with pytest.raises(RuntimeError, match="unforeseen"):
            await _look_for_ever(lane)


async def _look_for_ever(lane: Lane) -> None:
    while True:
        lane.check()
        await asyncio.sleep(0.01)
