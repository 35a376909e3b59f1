"""docs/asyncapi.yaml: up to date, whole, and the same as the table of events."""

from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from contracts.asyncapi import PATH, document, text
from contracts.documents import exit_if_any, out_of_date
from contracts.events import EVENTS, EventType
from contracts.topics import DeadLetterHeader
from tests.samples import encoded

PUBLISHED = yaml.safe_load(PATH.read_text())


def resolved(reference: str) -> Any:
    """What a reference within the document means; raises KeyError."""
    found = PUBLISHED
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return resolved(found["$ref"]) if "$ref" in found else found


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    if isinstance(node, list):
        return [found for value in node for found in references(value)]
    return []


def operations(action: str) -> dict[str, set[str]]:
    """What each service does with which messages."""
    found: dict[str, set[str]] = {}
    for operation in PUBLISHED["operations"].values():
        if operation["action"] == action:
            service = found.setdefault(operation["tags"][0]["name"], set())
            service |= {resolved(m["$ref"])["name"] for m in operation["messages"]}
    return found


def test_the_document_is_that_of_the_code() -> None:
    assert out_of_date({PATH: text()}) == []
    assert document() == PUBLISHED


def test_an_outdated_document_ends_the_check_with_one_line_that_names_it() -> None:
    assert out_of_date({PATH: "something else"}) == [PATH]
    with pytest.raises(SystemExit) as exit_:
        exit_if_any([PATH])
    assert exit_.value.code == "out of date: docs/asyncapi.yaml (run `make documents`)"


def test_every_reference_leads_somewhere() -> None:
    found = references(PUBLISHED)
    assert len(found) > 50
    assert all(resolved(reference) for reference in found)


def test_every_topic_is_a_channel_with_the_messages_of_its_event_types() -> None:
    for address, channel in PUBLISHED["channels"].items():
        assert channel["address"] == address
        ours = {str(t) for t, contract in EVENTS.items() if contract.topic == address}
        assert set(channel["messages"]) == (ours or {"dead.letter"})


def test_services_send_their_own_events_and_consumers_dead_letters_too() -> None:
    assert operations("send") == {
        "poi-service": {t for t in EventType if t.startswith("poi.")},
        "asset-service": {t for t in EventType if t.startswith("asset.")},
        "script-service": {"script.generated", "dead.letter"},
        "transcription-service": {"transcription.completed", "transcription.failed"},
        "render-service": {t for t in EventType if t.startswith("render.")} | {"dead.letter"},
    }


def test_services_receive_what_drives_them() -> None:
    assert operations("receive") == {
        "script-service": {"transcription.completed"},
        "render-service": {"script.generated"},
    }


@pytest.mark.parametrize("event_type", EventType)
def test_a_message_is_keyed_correlated_and_described(event_type: EventType) -> None:
    message = resolved(f"#/components/messages/{event_type}")
    assert message["bindings"]["kafka"]["key"]["format"] == "uuid"
    assert message["correlationId"] == {"location": "$message.payload#/correlation_id"}
    schema = {**message["payload"], "components": PUBLISHED["components"]}
    Draft7Validator(schema).validate(yaml.safe_load(encoded(event_type)))


def test_dead_letters_say_why_in_eight_headers() -> None:
    headers = resolved("#/components/messages/dead.letter")["headers"]
    assert set(headers["required"]) == set(headers["properties"]) == set(DeadLetterHeader)
    assert len(headers["required"]) == 8
