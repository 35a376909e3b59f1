import base64
import io
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image

from app.core.brief import ScriptBrief
from contracts.asset import Asset, Room
from devstack.fakes.faults import Asked, Fault
from devstack.fakes.openai_rules import error_body
from devstack.phone_photo import HEIC, HEIC_SIZE
from tests.live import Caller, Live
from tests.samples import VILLA, brief, photo, poi

LOOKING = "PhotoSight"


def picture(shade: int, size: tuple[int, int] = (640, 480)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (8 * shade % 256, 90, 60)).save(file, "JPEG")
    return file.getvalue()


def taken(live: Live, name: str, content: bytes, room: Room = Room.OTHER, **fields: Any) -> Asset:
    """A photo with content at asset-service."""
    asset = photo(room, name, sha256=sha256(content).hexdigest(), **fields)
    live.peers.contents[str(asset.id)] = content
    return asset


def sees(live: Live, room: str, quality: str = "good", motion: str = "pull_out") -> None:
    """What the model sees in the next photo."""
    said = {"room": room, "quality": quality, "best_motion": motion}
    live.openai.will(Fault(holding=LOOKING, say=said))


def looks(live: Live) -> list[Asked]:
    """The requests that showed a photo."""
    return [asked for asked in live.openai.asked if LOOKING.encode() in asked.body]


def villa(*assets: Asset) -> ScriptBrief:
    return brief(poi(**VILLA), assets)


async def scenes(caller: Caller, told: ScriptBrief) -> dict[str | None, Any]:
    """The scenes of a new script, by the asset that they show."""
    answer = await caller.generate(told)
    assert answer.status_code == 201
    return {scene["asset_id"]: scene for scene in answer.json()["scenes"]}


async def test_a_photo_that_nobody_named_is_shown_as_what_it_is(live: Live) -> None:
    front = photo(Room.EXTERIOR, sha256=None)
    unnamed = taken(live, "IMG_1.jpg", picture(2))
    sees(live, "kitchen", motion="pan_left")
    async with live.caller(nlp_vision=True) as caller:
        found = await scenes(caller, villa(front, unnamed))
    assert (found[str(unnamed.id)]["room"], found[str(unnamed.id)]["motion"]) == (
        "kitchen",
        "pan_left",
    )
    assert found[str(unnamed.id)]["title"] == "Cuisine"


async def test_a_room_that_somebody_named_stays(live: Live) -> None:
    named = taken(live, "chambre.jpg", picture(3), Room.BEDROOM)
    sees(live, "bathroom")
    async with live.caller(nlp_vision=True) as caller:
        found = await scenes(caller, villa(named))
    assert found[str(named.id)]["room"] == "bedroom"


async def test_a_poor_photo_does_not_open_the_film(live: Live) -> None:
    dark = taken(live, "a.jpg", picture(4), Room.EXTERIOR)
    kitchen = photo(Room.KITCHEN, sha256=None)
    sees(live, "exterior", quality="poor")
    async with live.caller(nlp_vision=True) as caller:
        opening = (await caller.generate(villa(dark, kitchen))).json()["scenes"][0]
    assert opening["asset_id"] == str(kitchen.id)


async def test_a_photo_is_looked_at_once_whatever_it_is_called(live: Live) -> None:
    content = picture(6)
    once = taken(live, "once.jpg", content)
    again = taken(live, "again.jpg", content)
    sees(live, "terrace")
    async with live.caller(nlp_vision=True) as caller:
        await scenes(caller, villa(once))
        found = await scenes(caller, brief(poi(name="Autre maison"), (again,)))
    assert found[str(again.id)]["room"] == "terrace"
    assert len(looks(live)) == 1


async def test_looking_is_counted_with_the_script(live: Live) -> None:
    told = villa(taken(live, "a.jpg", picture(7)))
    async with live.caller(nlp_vision=True) as caller:
        first = (await caller.generate(told)).json()["usage"]
        second = (await caller.generate(told)).json()["usage"]
    assert (first["requests"], second["requests"]) == (2, 1)
    assert float(first["cost_usd"]) > float(second["cost_usd"]) > 0


def large_photo() -> bytes:
    """Taken with the camera on its side."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (3000, 2000)).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize(("content", "size"), [(large_photo(), (512, 768)), (HEIC, HEIC_SIZE)])
async def test_a_photo_is_sent_as_a_small_upright_jpeg(
    live: Live, content: bytes, size: tuple[int, int]
) -> None:
    async with live.caller(nlp_vision=True) as caller:
        await caller.generate(villa(taken(live, "a.jpg", content)))
    (asked,) = looks(live)
    url = asked.json["input"][0]["content"][1]["image_url"]
    with Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))) as sent:
        assert (sent.format, sent.size) == ("JPEG", size)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(holding=LOOKING, status=401, body=error_body("invalid_api_key", "no"), times=4),
        Fault(holding=LOOKING, status=400, body=error_body("invalid_value", "no"), times=4),
        Fault(holding=LOOKING, delay_s=20, times=4),
        Fault(holding=LOOKING, say={"room": "dungeon"}, times=12),
    ],
)
async def test_whatever_goes_wrong_with_looking_the_script_is_written(
    live: Live, fault: Fault
) -> None:
    pictures = [taken(live, f"{at}.jpg", picture(10 + at)) for at in range(4)]
    live.openai.will(fault)
    async with live.caller(nlp_vision=True, openai_vision_timeout_s=2.0) as caller:
        script = (await caller.generate(villa(*pictures))).json()
    assert (script["provider"], script["fallback"]) == ("openai", False)
    live.openai.reset()
    sees(live, "garden")
    async with live.caller(nlp_vision=True) as caller:
        found = await scenes(caller, brief(poi(name="Autre maison"), (pictures[0],)))
    assert found[str(pictures[0].id)]["room"] == "garden"


async def test_a_key_that_is_refused_is_not_tried_on_every_photo(live: Live) -> None:
    pictures = [taken(live, f"{at}.jpg", picture(20 + at)) for at in range(12)]
    refused = error_body("invalid_api_key", "no")
    live.openai.will(Fault(holding=LOOKING, status=401, body=refused, times=12))
    async with live.caller(nlp_vision=True) as caller:
        await caller.generate(villa(*pictures))
    assert len(looks(live)) <= 4


async def test_a_photo_that_cannot_be_had_or_read_is_passed_over(live: Live) -> None:
    gone = taken(live, "gone.jpg", picture(40))
    del live.peers.contents[str(gone.id)]
    broken = taken(live, "broken.jpg", b"no picture")
    whole = taken(live, "whole.jpg", picture(41))
    sees(live, "view")
    async with live.caller(nlp_vision=True) as caller:
        found = await scenes(caller, villa(gone, broken, whole))
    assert found[str(whole.id)]["room"] == "view"
    assert len(looks(live)) == 1


async def test_nothing_is_looked_at_unless_it_is_asked_for(live: Live) -> None:
    async with live.caller() as caller:
        await caller.generate(villa(taken(live, "a.jpg", picture(50))))
    assert looks(live) == []


async def test_a_server_without_the_responses_api_is_shown_photos_by_chat(live: Live) -> None:
    live.openai.will(Fault(path="/responses", say={"lacks": True}))
    unnamed = taken(live, "IMG_1.jpg", picture(60))
    sees(live, "pool")
    async with live.caller(nlp_vision=True) as caller:
        found = await scenes(caller, villa(unnamed))
    assert found[str(unnamed.id)]["room"] == "pool"
    assert looks(live)[-1].path == "/v1/chat/completions"
