import asyncio
import time
from datetime import UTC, datetime

from sqlalchemy import text

from app.core.config import Settings
from app.integrations.handlers import event_handlers
from app.main import build
from common.config import Role
from common.db import Database
from common.ids import new_id
from common.kafka.publisher import Publisher
from common.kafka.records import Record
from contracts.events import EVENTS, EventType, encode
from contracts.services import ServiceName
from contracts.transcription import Transcription
from tests.peers import Peers

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TIME_LIMIT_S = 20


async def test_a_completed_transcription_arrives_over_the_wire(
    settings: Settings, broker: str, database: Database, peers: Peers
) -> None:
    heard = Transcription.model_validate(
        {
            "id": new_id(),
            "poi_id": new_id(),
            "asset_id": new_id(),
            "status": "completed",
            "progress": 100,
            "provider": "local",
            "language": "fr",
            "text": "La toiture est récente.",
            "segments": [],
            "error": None,
            "created_at": NOW,
            "updated_at": NOW,
            "completed_at": NOW,
        }
    )
    value = encode(
        EventType.TRANSCRIPTION_COMPLETED,
        heard,
        event_id=new_id(),
        occurred_at=NOW,
        correlation_id="walk-through",
    )
    publisher = Publisher(broker, client_id="transcription-service")
    record = Record("video.events", str(heard.poi_id).encode(), value)
    await publisher.publish([record, record])
    await publisher.close()

    wired = settings.model_copy(update={"kafka_bootstrap_servers": broker, "role": Role.ALL})
    app = build(wired, network=peers.transport)
    async with app.router.lifespan_context(app), asyncio.timeout(TIME_LIMIT_S):
        rows = await _kept(database)
    assert [row["text"] for row in rows] == ["La toiture est récente."]


async def _kept(database: Database) -> list[dict[str, object]]:
    deadline = time.monotonic() + TIME_LIMIT_S
    while time.monotonic() < deadline:
        async with database.connection() as queries:
            if rows := await queries.all(text("SELECT text FROM transcripts")):
                return rows
        await asyncio.sleep(0.05)
    return []


def test_it_consumes_what_the_contract_says() -> None:
    ours = {t for t, contract in EVENTS.items() if ServiceName.SCRIPT in contract.consumers}
    assert event_handlers().keys() == ours
