"""What runs beside the requests: none of it dies silently, and all of it ends in time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import structlog

from common.background import running
from tests.support import eventually


@dataclass
class Loop:
    """A loop that does something each time it is started, and then waits for its end."""

    does: Callable[[int], Awaitable[None]]
    name: str = "a-loop"
    starts: int = 0
    ended: list[str] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        self.starts += 1
        await self.does(self.starts)
        await stop.wait()
        self.ended.append("by itself")


async def nothing(_: int) -> None:
    return


async def fails_once(start: int) -> None:
    if start == 1:
        raise RuntimeError("a bug")


async def hangs(_: int) -> None:
    await asyncio.Event().wait()


async def test_a_loop_runs_during_the_block_and_ends_with_it() -> None:
    loop = Loop(nothing)
    async with running([loop]):
        await eventually(lambda: loop.starts == 1)
        assert loop.ended == []
    assert loop.ended == ["by itself"]
    assert loop.starts == 1


async def test_a_loop_that_fails_is_told_and_started_again() -> None:
    loop, steady = Loop(fails_once), Loop(nothing)
    with structlog.testing.capture_logs() as logs:
        async with running([loop, steady]):
            await eventually(lambda: loop.starts == 2)
    assert steady.starts == 1
    (told,) = logs
    assert (told["event"], told["name"], told["log_level"]) == (
        "background_failed",
        "a-loop",
        "error",
    )
    assert str(told["exc_info"]) == "a bug"


async def test_a_loop_that_ends_before_its_time_is_started_again_after_a_while() -> None:
    class Short(Loop):
        async def run(self, stop: asyncio.Event) -> None:
            assert not stop.is_set()
            self.starts += 1

    loop = Short(nothing)
    with structlog.testing.capture_logs() as logs:
        async with running([loop]):
            await eventually(lambda: loop.starts == 2)
            assert loop.starts == 2
    assert {line["event"] for line in logs} == {"background_ended_before_its_time"}


async def test_a_loop_that_does_not_stop_is_cut_off_and_told() -> None:
    loop, other = Loop(hangs, name="stubborn"), Loop(nothing)
    with structlog.testing.capture_logs() as logs:
        async with asyncio.timeout(5), running([loop, other], stop_timeout_s=0.1):
            await eventually(lambda: loop.starts == 1)
    assert [(line["event"], line["name"]) for line in logs] == [
        ("background_did_not_stop", "stubborn")
    ]
    assert other.ended == ["by itself"]
    assert not any(task.get_name() == "stubborn" for task in asyncio.all_tasks())


async def test_an_error_in_the_block_ends_the_loops_too() -> None:
    loop = Loop(nothing)

    async def start_and_fail() -> None:
        async with running([loop]):
            await eventually(lambda: loop.starts == 1)
            raise RuntimeError("the app could not start")

    with pytest.raises(RuntimeError, match="could not start"):
        await start_and_fail()
    assert loop.ended == ["by itself"]
