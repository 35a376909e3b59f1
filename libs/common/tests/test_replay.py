"""Promise 3: dead letters are put back where they came from, once."""

import os
import subprocess
import sys

import pytest

from common.ids import new_id
from common.kafka.dead_letters import dead_letter
from common.kafka.publisher import Publisher
from common.kafka.records import ReceivedRecord, Record
from common.kafka.replay import replay
from tests.support import FreezableBroker, Topics

TOPIC = "video.events"


def buried(group: str, value: bytes) -> Record:
    """A dead letter of a consumer group."""
    received = ReceivedRecord(
        topic=TOPIC,
        partition=2,
        offset=41,
        timestamp_ms=1_764_000_000_000,
        key=str(new_id()).encode(),
        value=value,
        headers=(("traceparent", b"00-abc"),),
    )
    return dead_letter(received, group, RuntimeError("a bug"))


@pytest.fixture
async def letters(freezable: FreezableBroker) -> list[Record]:
    """The dead letters on a broker of the test's own: two of one group, one of another, and a
    record that no consumer wrote.
    """
    stray = Record("dlq.events", b"a-key", b"who put this here?")
    letters = [buried("a", b"0"), buried("b", b"1"), buried("a", b"2"), stray]
    publisher = Publisher(freezable.address, client_id="test")
    await publisher.publish(letters)
    await publisher.close()
    return letters


async def test_every_letter_is_put_back_as_it_was_and_only_once(
    freezable: FreezableBroker, letters: list[Record]
) -> None:
    assert await replay(freezable.address) == 3
    assert await replay(freezable.address) == 0
    topics = Topics(freezable.address)
    for letter in letters[:3]:
        assert letter.key is not None
        (again,) = await topics.read_keyed(TOPIC, letter.key)
        assert again.record.value == letter.value
        assert again.headers == {"traceparent": "00-abc"}


async def test_one_groups_letters_can_be_put_back_alone(
    freezable: FreezableBroker, letters: list[Record]
) -> None:
    assert await replay(freezable.address, only_group="b") == 1


async def test_a_dry_run_counts_and_changes_nothing(
    freezable: FreezableBroker, letters: list[Record]
) -> None:
    assert await replay(freezable.address, dry_run=True) == 3
    assert await replay(freezable.address) == 3


async def test_letters_that_come_later_are_for_the_next_run(
    freezable: FreezableBroker, letters: list[Record]
) -> None:
    assert await replay(freezable.address) == 3
    publisher = Publisher(freezable.address, client_id="test")
    await publisher.publish([buried("a", b"3")])
    await publisher.close()
    assert await replay(freezable.address) == 1


def run(servers: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "common.kafka.replay", *options],
        env={**os.environ, "KAFKA_BOOTSTRAP_SERVERS": servers},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_it_did(freezable: FreezableBroker, letters: list[Record]) -> None:
    assert run(freezable.address, "--dry-run").stdout == "3 dead letters found\n"
    assert run(freezable.address, "--group", "a").stdout == "2 dead letters put back\n"


def test_the_command_says_so_when_there_is_no_broker(nobody: str) -> None:
    done = run(nobody)
    assert done.returncode == 1
    assert f"the broker at {nobody} cannot do it now" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
