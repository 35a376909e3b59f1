"""A broker that keeps its connections and answers nothing."""

from common.db import Database
from common.kafka.publisher import Publisher
from tests.groups import Group, Listener, new_group
from tests.support import FreezableBroker, eventually, kafka_tasks, make_poi


async def test_a_member_ends_within_seconds_and_leaves_nothing_behind(
    database: Database, freezable: FreezableBroker
) -> None:
    publisher = Publisher(freezable.address, client_id="test")
    group, listener = Group(freezable.address, database, publisher), Listener()
    (sent,) = await group.send(make_poi())
    await publisher.close()
    before = kafka_tasks()
    async with group.member(new_group(), listener):
        await eventually(lambda: listener.has(sent))
        freezable.freeze()
    await eventually(lambda: kafka_tasks() <= before, within_s=2)
