"""SPEC §5: the envelope, and what every event type carries where."""

import json
from uuid import UUID

import pytest
from pydantic import ValidationError

from contracts.events import EVENTS, Envelope, EventType
from contracts.poi import Poi
from contracts.services import ServiceName
from contracts.topics import Topic
from tests.samples import ASSET, IN_PARIS, POI, POI_ID, encoded, payload_of

SIX_KEYS = ["event_id", "event_type", "occurred_at", "schema_version", "correlation_id", "payload"]

TOPICS = {
    "poi.events": {
        "poi.created",
        "poi.updated",
        "poi.validated",
        "poi.published",
        "poi.archived",
    },
    "asset.events": {"asset.created", "asset.updated", "asset.deleted"},
    "video.events": {
        "script.generated",
        "transcription.completed",
        "transcription.failed",
        "render.scene.generated",
        "render.completed",
        "render.failed",
    },
}

every_event_type = pytest.mark.parametrize("event_type", EventType)


@every_event_type
def test_a_record_has_exactly_six_keys(event_type: EventType) -> None:
    assert list(json.loads(encoded(event_type))) == SIX_KEYS


def test_every_event_type_travels_on_its_topic() -> None:
    found: dict[str, set[str]] = {}
    for event_type, contract in EVENTS.items():
        found.setdefault(contract.topic, set()).add(event_type)
    assert found == TOPICS


def test_nothing_but_dead_letters_travels_on_their_topic() -> None:
    assert {contract.topic for contract in EVENTS.values()} == set(Topic) - {Topic.DEAD_LETTERS}


@every_event_type
def test_every_event_type_comes_from_the_service_that_it_is_named_after(
    event_type: EventType,
) -> None:
    assert EVENTS[event_type].producer == f"{event_type.split('.')[0]}-service"


def test_the_pipeline_is_driven_by_two_events() -> None:
    heard = {event_type: c.consumers for event_type, c in EVENTS.items() if c.consumers}
    assert heard == {
        EventType.SCRIPT_GENERATED: (ServiceName.RENDER,),
        EventType.TRANSCRIPTION_COMPLETED: (ServiceName.SCRIPT,),
    }


@every_event_type
def test_the_events_of_a_poi_share_its_id_as_key(event_type: EventType) -> None:
    assert payload_of(event_type).partition_key == POI_ID


@every_event_type
def test_what_was_told_is_read_back_the_same(event_type: EventType) -> None:
    envelope = Envelope.model_validate_json(encoded(event_type))
    payload = EVENTS[event_type].payload.model_validate(envelope.payload)
    assert envelope.event_type == event_type
    assert payload == payload_of(event_type)


@every_event_type
def test_a_payload_shows_every_field_of_its_resource(event_type: EventType) -> None:
    payload = json.loads(encoded(event_type))["payload"]
    assert set(payload) == set(EVENTS[event_type].payload.model_fields)


def test_another_events_payload_is_refused() -> None:
    with pytest.raises(TypeError, match=r"poi\.created carries Poi, not Asset"):
        encoded(EventType.POI_CREATED, ASSET)


def test_an_envelope_of_another_schema_version_is_refused() -> None:
    value = json.loads(encoded(EventType.POI_CREATED)) | {"schema_version": 2}
    with pytest.raises(ValidationError, match="schema_version"):
        Envelope.model_validate(value)


@pytest.mark.parametrize("key", SIX_KEYS)
def test_an_envelope_that_lacks_a_key_is_refused(key: str) -> None:
    value = json.loads(encoded(EventType.POI_CREATED))
    del value[key]
    with pytest.raises(ValidationError, match=key):
        Envelope.model_validate(value)


def test_an_event_of_an_unknown_type_can_be_read_and_passed_over() -> None:
    value = json.loads(encoded(EventType.POI_CREATED)) | {"event_type": "poi.haunted"}
    assert Envelope.model_validate(value).event_type == "poi.haunted"


def test_fields_of_a_later_version_are_passed_over() -> None:
    value = json.loads(encoded(EventType.POI_CREATED))
    value["payload"] |= {"mood": "sunny", "facts": value["payload"]["facts"] | {"ghosts": 1}}
    envelope = Envelope.model_validate(value | {"trace": "abc"})
    assert Poi.model_validate(envelope.payload) == POI


@every_event_type
def test_times_are_in_utc_with_a_z(event_type: EventType) -> None:
    value = json.loads(encoded(event_type, occurred_at=IN_PARIS))
    times = [value["occurred_at"]] + [
        time for name, time in value["payload"].items() if name.endswith("_at")
    ]
    assert set(times) == {"2026-11-20T09:30:00Z"}


def test_the_event_id_is_a_uuid() -> None:
    value = json.loads(encoded(EventType.POI_CREATED))
    assert str(UUID(value["event_id"])) == value["event_id"]
    with pytest.raises(ValidationError):
        encoded(EventType.POI_CREATED, event_id="not-a-uuid")
