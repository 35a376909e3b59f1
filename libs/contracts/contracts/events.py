"""The envelope of every record, and the typed payload and topic of every event type.

One table, `EVENTS`, says it all: producers look up the topic, consumers the payload.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from contracts.asset import Asset
from contracts.base import Resource, Timestamp
from contracts.poi import Poi
from contracts.render import Render, SceneGenerated
from contracts.script import Script
from contracts.services import ServiceName
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
    """Where an event type travels, what it carries, who tells it, and who of ours listens."""

    topic: Topic
    payload: type[Payload]
    producer: ServiceName
    summary: str
    consumers: tuple[ServiceName, ...] = ()


_of_poi = partial(EventContract, Topic.POI, Poi, ServiceName.POI)
_of_asset = partial(EventContract, Topic.ASSET, Asset, ServiceName.ASSET)
_of_script = partial(EventContract, Topic.VIDEO, Script, ServiceName.SCRIPT)
_of_transcription = partial(EventContract, Topic.VIDEO, Transcription, ServiceName.TRANSCRIPTION)
_of_scene = partial(EventContract, Topic.VIDEO, SceneGenerated, ServiceName.RENDER)
_of_render = partial(EventContract, Topic.VIDEO, Render, ServiceName.RENDER)

EVENTS = MappingProxyType(
    {
        EventType.POI_CREATED: _of_poi("A property was registered."),
        EventType.POI_UPDATED: _of_poi("What is known of a property changed."),
        EventType.POI_VALIDATED: _of_poi("A property was found fit to be published."),
        EventType.POI_PUBLISHED: _of_poi("A property was published."),
        EventType.POI_ARCHIVED: _of_poi("A property was archived: it is read-only from now on."),
        EventType.ASSET_CREATED: _of_asset("A photo, plan, video, audio or document was added."),
        EventType.ASSET_UPDATED: _of_asset("An asset's fields changed, or its content arrived."),
        EventType.ASSET_DELETED: _of_asset("An asset and its content are gone; what it was."),
        EventType.SCRIPT_GENERATED: _of_script(
            "A video script was written.", consumers=(ServiceName.RENDER,)
        ),
        EventType.TRANSCRIPTION_COMPLETED: _of_transcription(
            "What is said in a recording was written down.", consumers=(ServiceName.SCRIPT,)
        ),
        EventType.TRANSCRIPTION_FAILED: _of_transcription(
            "A recording could not be transcribed; `error` says why."
        ),
        EventType.SCENE_GENERATED: _of_scene("One scene of a film was rendered."),
        EventType.RENDER_COMPLETED: _of_render("A film is finished."),
        EventType.RENDER_FAILED: _of_render("A film could not be made; `error` says why."),
    }
)


class Envelope(Resource):
    """The value of every record: exactly these six keys; anything more travels in Kafka headers.

    `payload` stays a plain object here, so that an event of an unknown type can be read and
    passed over; `EVENTS[EventType(event_type)].payload` is its typed model.
    """

    event_id: UUID
    event_type: str = Field(min_length=1)
    occurred_at: Timestamp
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
