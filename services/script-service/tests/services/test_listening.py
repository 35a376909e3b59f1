from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from app.integrations.handlers import event_handlers
from common.db import Database
from common.ids import new_id
from common.kafka.records import Event
from contracts.asset import Room
from contracts.events import EventType
from contracts.transcription import Transcription
from tests.peers import Peers
from tests.samples import photo, photos, poi

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SAID = "La cuisine a été entièrement refaite en 2021."


async def hear(database: Database, poi_id: UUID, asset_id: UUID, **fields: Any) -> None:
    transcription = Transcription.model_validate(
        {
            "id": new_id(),
            "poi_id": poi_id,
            "asset_id": asset_id,
            "status": "completed",
            "progress": 100,
            "provider": "local",
            "language": "fr",
            "text": SAID,
            "segments": [],
            "error": None,
            "created_at": NOW,
            "updated_at": NOW,
            "completed_at": NOW,
            **fields,
        }
    )
    event_type = EventType.TRANSCRIPTION_COMPLETED
    event = Event(new_id(), event_type, NOW, "walk-through", transcription)
    async with database.transaction() as tx:
        await event_handlers()[event_type](tx, event)


async def narration(client: httpx.AsyncClient, poi_id: UUID) -> str:
    answer = await client.post("/scripts/generate", params={"poi_id": str(poi_id)})
    assert answer.status_code == 201
    return " ".join(scene["narration"] for scene in answer.json()["scenes"])


def visited(peers: Peers) -> tuple[UUID, UUID]:
    video = photo(Room.OTHER, "visite.mp4", asset_type="video", mime_type="video/mp4")
    house = peers.register(poi(), *photos(Room.EXTERIOR, Room.KITCHEN), video)
    return house.id, video.id


async def test_what_was_said_on_the_walk_through_feeds_the_next_script(
    client: httpx.AsyncClient, peers: Peers, database: Database
) -> None:
    poi_id, video_id = visited(peers)
    assert SAID not in await narration(client, poi_id)
    await hear(database, poi_id, video_id)
    assert SAID in await narration(client, poi_id)


async def test_the_local_transcriber_s_notice_is_not_taken_for_speech(
    client: httpx.AsyncClient, peers: Peers, database: Database
) -> None:
    poi_id, video_id = visited(peers)
    await hear(database, poi_id, video_id, provider="stub")
    assert SAID not in await narration(client, poi_id)


async def test_a_later_text_of_the_same_video_replaces_the_earlier(
    client: httpx.AsyncClient, peers: Peers, database: Database
) -> None:
    poi_id, video_id = visited(peers)
    later = NOW + timedelta(hours=1)
    await hear(database, poi_id, video_id, text="La cuisine est ouverte.", completed_at=later)
    await hear(database, poi_id, video_id)
    told = await narration(client, poi_id)
    assert "La cuisine est ouverte." in told
    assert SAID not in told


async def test_a_video_that_was_taken_away_says_nothing_any_more(
    client: httpx.AsyncClient, peers: Peers, database: Database
) -> None:
    poi_id, video_id = visited(peers)
    await hear(database, poi_id, video_id)
    peers.assets = [asset for asset in peers.assets if asset.id != video_id]
    assert SAID not in await narration(client, poi_id)
