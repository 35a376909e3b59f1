"""Coroutines side by side: the first error is the one that is raised."""

import asyncio

import pytest

from common.tasks import side_by_side


async def test_the_first_error_ends_the_others_and_is_raised_as_it_is() -> None:
    ended: list[str] = []

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    async def fail() -> None:
        raise LookupError("nothing there")

    async def both() -> None:
        async with side_by_side() as tasks:
            tasks.create_task(wait_for_ever())
            tasks.create_task(fail())

    with pytest.raises(LookupError, match="nothing there"):
        await both()
    assert ended == ["the other"]
