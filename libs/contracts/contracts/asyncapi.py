"""`python -m contracts.asyncapi [--check]`: docs/asyncapi.yaml, for teams that use the topics.

An AsyncAPI 3.0 document made of the same models and the same table as the code: a channel per
topic, a message per event type, an operation per service and topic that it sends to or hears.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import yaml
from pydantic.json_schema import models_json_schema

from contracts.documents import REPOSITORY, exit_if_any, out_of_date, wants_check, write_all
from contracts.events import EVENTS, SCHEMA_VERSION, Envelope, EventType
from contracts.schemas import PlainSchema, envelope_schema
from contracts.services import ServiceName
from contracts.topics import DeadLetterHeader, Topic

PATH = REPOSITORY / "docs" / "asyncapi.yaml"

_DEAD_LETTER = "dead.letter"
_CHANNELS = {
    Topic.POI: "What happens to properties.",
    Topic.ASSET: "What happens to the photos, plans, videos, audio and documents of properties.",
    Topic.VIDEO: "Scripts, transcriptions, scenes and films, as they get ready or fail.",
    Topic.DEAD_LETTERS: "Records that a consumer could not handle and that no retry can help.",
}
_DESCRIPTION = (
    "Every record's value is a JSON envelope with exactly six keys, and its key the id of the POI, "
    "so the events of one POI stay in order. Delivery is at least once: an event may come again, "
    "with the same `event_id`, to be passed over. Fields and event types that a consumer does not "
    "know are to be ignored. One `correlation_id` runs from a request to the last event that it "
    "causes."
)


def document() -> dict[str, Any]:
    """The AsyncAPI document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "POI video platform: events",
            "version": f"{SCHEMA_VERSION}.0.0",
            "description": _DESCRIPTION,
        },
        "defaultContentType": "application/json",
        "servers": {
            "backbone": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "The Kafka-protocol broker of a deployment.",
                "variables": {
                    "bootstrap": {
                        "default": "localhost:9092",
                        "description": "The KAFKA_BOOTSTRAP_SERVERS of the deployment.",
                    }
                },
            }
        },
        "channels": {topic.value: _channel(topic) for topic in Topic},
        "operations": dict(_operations()),
        "components": _components(),
    }


def text() -> str:
    """The document as YAML."""
    header = "# Generated from libs/contracts by `make documents`.\n"
    return header + yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=100)


def _channel(topic: Topic) -> dict[str, Any]:
    return {
        "address": topic.value,
        "description": _CHANNELS[topic],
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"} for name in _message_names(topic)
        },
        "bindings": {"kafka": {"topic": topic.value, "bindingVersion": "0.5.0"}},
    }


def _message_names(topic: Topic) -> list[str]:
    if topic is Topic.DEAD_LETTERS:
        return [_DEAD_LETTER]
    return [event_type.value for event_type, told in EVENTS.items() if told.topic is topic]


def _operations() -> Iterable[tuple[str, dict[str, Any]]]:
    """What each service sends and receives, by topic; every consumer may bury dead letters."""
    for service in ServiceName:
        told = [event_type for event_type, e in EVENTS.items() if e.producer is service]
        heard = [event_type for event_type, e in EVENTS.items() if service in e.consumers]
        yield from _by_topic(service, "send", told)
        yield from _by_topic(service, "receive", heard)
        if heard:
            yield _operation(service, "send", Topic.DEAD_LETTERS, [_DEAD_LETTER])


def _by_topic(
    service: ServiceName, action: str, event_types: list[EventType]
) -> Iterable[tuple[str, dict[str, Any]]]:
    for topic, together in groupby(event_types, key=lambda event_type: EVENTS[event_type].topic):
        yield _operation(service, action, topic, [event_type.value for event_type in together])


def _operation(
    service: ServiceName, action: str, topic: Topic, messages: list[str]
) -> tuple[str, dict[str, Any]]:
    return f"{service}.{action}.{topic}", {
        "action": action,
        "summary": f"{service} {action}s {', '.join(messages)}.",
        "tags": [{"name": service.value}],
        "channel": {"$ref": f"#/channels/{topic}"},
        "messages": [{"$ref": f"#/channels/{topic}/messages/{name}"} for name in messages],
    }


def _components() -> dict[str, Any]:
    payloads = list(dict.fromkeys(told.payload for told in EVENTS.values()))
    references, schemas = models_json_schema(
        [(model, "serialization") for model in (Envelope, *payloads)],
        schema_generator=PlainSchema,
        ref_template="#/components/schemas/{model}",
    )
    definitions = schemas["$defs"]
    envelope = definitions.pop(Envelope.__name__)
    messages = {
        event_type.value: _message(
            event_type,
            envelope_schema(envelope, event_type, references[told.payload, "serialization"]),
        )
        for event_type, told in EVENTS.items()
    }
    return {"messages": {**messages, _DEAD_LETTER: _dead_letter()}, "schemas": definitions}


def _message(event_type: EventType, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": event_type.value,
        "title": event_type.value,
        "summary": EVENTS[event_type].summary,
        "contentType": "application/json",
        "correlationId": {"location": "$message.payload#/correlation_id"},
        "bindings": _keyed("The id of the POI."),
        "payload": payload,
    }


def _dead_letter() -> dict[str, Any]:
    return {
        "name": _DEAD_LETTER,
        "title": "A dead letter",
        "summary": "A record with its original key, value and headers, and why it is here.",
        "contentType": "application/octet-stream",
        "bindings": _keyed("The original key: the id of the POI."),
        "headers": {
            "type": "object",
            "description": "UTF-8 text; numbers in decimal.",
            "required": [header.value for header in DeadLetterHeader],
            "properties": {header.value: {"type": "string"} for header in DeadLetterHeader},
        },
        "payload": {
            "description": "The original bytes: an envelope, or what should have been one."
        },
    }


def _keyed(description: str) -> dict[str, Any]:
    key = {"type": "string", "format": "uuid", "description": description}
    return {"kafka": {"key": key, "bindingVersion": "0.5.0"}}


def main() -> None:
    """The command."""
    documents = {PATH: text()}
    if wants_check("Generate the AsyncAPI document."):
        exit_if_any(out_of_date(documents))
    else:
        write_all(documents)


if __name__ == "__main__":
    main()
