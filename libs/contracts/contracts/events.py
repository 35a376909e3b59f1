"""The envelope of every record, and the typed payload and topic of every event type.

One table, `EVENTS`, says it all: producers look up the topic, consumers the payload.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.asset import Asset
from contracts.base import Resource
from contracts.poi import Poi
from contracts.render import Render, SceneGenerated
from contracts.script import Script
from contracts.topics import Topic
from contracts.transcription import Transcription

SCHEMA_VERSION: Literal[1] = 1

Payload = Poi | Asset | Script | Transcription | Render | SceneGenerated


class EventType(StrEnum):
    """What happened, in the past tense."""

    POI_CREATED = "poi.created"
    POI_UPDATED = "poi.updated"
    POI_VALIDATED = "poi.validated"
    POI_PUBLISHED = "poi.published"
    POI_ARCHIVED = "poi.archived"
    ASSET_CREATED = "asset.created"
    ASSET_UPDATED = "asset.updated"
    ASSET_DELETED = "asset.deleted"
    SCRIPT_GENERATED = "script.generated"
    TRANSCRIPTION_COMPLETED = "transcription.completed"
    TRANSCRIPTION_FAILED = "transcription.failed"
    SCENE_GENERATED = "render.scene.generated"
    RENDER_COMPLETED = "render.completed"
    RENDER_FAILED = "render.failed"


@dataclass(frozen=True, slots=True)
class EventContract:
    """Where an event type travels and what it carries."""

    topic: Topic
    payload: type[Payload]


EVENTS = MappingProxyType(
    {
        EventType.POI_CREATED: EventContract(Topic.POI, Poi),
        EventType.POI_UPDATED: EventContract(Topic.POI, Poi),
        EventType.POI_VALIDATED: EventContract(Topic.POI, Poi),
        EventType.POI_PUBLISHED: EventContract(Topic.POI, Poi),
        EventType.POI_ARCHIVED: EventContract(Topic.POI, Poi),
        EventType.ASSET_CREATED: EventContract(Topic.ASSET, Asset),
        EventType.ASSET_UPDATED: EventContract(Topic.ASSET, Asset),
        EventType.ASSET_DELETED: EventContract(Topic.ASSET, Asset),
        EventType.SCRIPT_GENERATED: EventContract(Topic.VIDEO, Script),
        EventType.TRANSCRIPTION_COMPLETED: EventContract(Topic.VIDEO, Transcription),
        EventType.TRANSCRIPTION_FAILED: EventContract(Topic.VIDEO, Transcription),
        EventType.SCENE_GENERATED: EventContract(Topic.VIDEO, SceneGenerated),
        EventType.RENDER_COMPLETED: EventContract(Topic.VIDEO, Render),
        EventType.RENDER_FAILED: EventContract(Topic.VIDEO, Render),
    }
)


class Envelope(Resource):
    """The value of every record: exactly these six keys; anything more travels in Kafka headers.

    `payload` stays a plain object here, so that an event of an unknown type can be read and
    passed over; `EVENTS[EventType(event_type)].payload` is its typed model.
    """

    event_id: UUID
    event_type: str = Field(min_length=1)
    occurred_at: AwareDatetime
    schema_version: Literal[1]
    correlation_id: str
    payload: dict[str, Any]


def encode(
    event_type: EventType,
    payload: Payload,
    *,
    event_id: UUID,
    occurred_at: datetime,
    correlation_id: str,
) -> bytes:
    """The record value of an event: the envelope as UTF-8 JSON.

    Raises TypeError when `payload` is not what the contract of `event_type` says.
    """
    expected = EVENTS[event_type].payload
    if not isinstance(payload, expected):
        raise TypeError(f"{event_type} carries {expected.__name__}, not {type(payload).__name__}")
    envelope = Envelope(
        event_id=event_id,
        event_type=event_type,
        occurred_at=occurred_at,
        schema_version=SCHEMA_VERSION,
        correlation_id=correlation_id,
        payload=payload.model_dump(mode="json"),
    )
    return envelope.model_dump_json().encode()
