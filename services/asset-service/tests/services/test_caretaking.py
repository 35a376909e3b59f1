"""Files that turn up late, uploads that were abandoned."""

import os
import time
from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.services.caretaking import Caretaker
from tests.media import PDF, picture
from tests.support import Agency


@pytest.fixture
def caretaker(app: FastAPI, agency: Agency) -> Caretaker:
    state = app.state
    return Caretaker(
        agency.database, state.shelf, state.assets, state.spool, every=timedelta(seconds=1)
    )


async def test_a_file_that_turns_up_becomes_the_content_and_is_told(
    agency: Agency, caretaker: Caretaker
) -> None:
    asset = await agency.create(file_path="villa/late.jpg")
    await caretaker.make_round()
    assert (await agency.shown(asset["id"]))["content_status"] == "missing"
    agency.place("villa/late.jpg", picture(64, 48))
    await caretaker.make_round()
    await caretaker.make_round()
    found = await agency.shown(asset["id"])
    assert (found["content_status"], found["width"]) == ("available", 64)
    await caretaker.make_round()
    _, event = await agency.events()
    assert (event["event_type"], event["payload"]) == ("asset.updated", found)


async def test_a_file_that_is_still_being_copied_is_left_alone(
    agency: Agency, caretaker: Caretaker
) -> None:
    asset = await agency.create(file_path="villa/late.txt", asset_type="document")
    for lines in range(1, 4):
        agency.place("villa/late.txt", b"a line\n" * lines)
        await caretaker.make_round()
        assert (await agency.shown(asset["id"]))["content_status"] == "missing"
    await caretaker.make_round()
    assert (await agency.shown(asset["id"]))["size_bytes"] == 21


async def test_a_file_that_does_not_fit_is_looked_at_again_once_it_has_changed(
    agency: Agency, caretaker: Caretaker
) -> None:
    asset = await agency.create(file_path="villa/late.jpg")
    agency.place("villa/late.jpg", PDF)
    for _ in range(3):
        await caretaker.make_round()
    assert (await agency.shown(asset["id"]))["content_status"] == "missing"
    agency.place("villa/late.jpg", picture())
    for _ in range(2):
        await caretaker.make_round()
    assert (await agency.shown(asset["id"]))["content_status"] == "available"


async def test_every_missing_file_is_looked_for_whatever_is_wrong_with_others(
    agency: Agency, caretaker: Caretaker
) -> None:
    assets = [await agency.create(file_path=f"villa/{number}.jpg") for number in range(5)]
    outside = agency.root.parent / "elsewhere.jpg"
    outside.write_bytes(picture())
    agency.place("villa/1.jpg", picture())
    (agency.root / "villa" / "3.jpg").symlink_to(outside)
    for _ in range(2):
        await caretaker.make_round()
    found = [(await agency.shown(asset["id"]))["content_status"] for asset in assets]
    assert found == ["missing", "available", "missing", "missing", "missing"]


async def test_uploads_of_a_process_that_was_killed_are_swept_away(
    agency: Agency, caretaker: Caretaker
) -> None:
    abandoned, fresh = agency.place(".incoming/old", b"x"), agency.place(".incoming/new", b"x")
    long_ago = time.time() - 2 * 3600
    os.utime(abandoned, (long_ago, long_ago))
    await caretaker.make_round()
    assert (abandoned.exists(), fresh.exists()) == (False, True)
