"""`python -m contracts.schemas [--check]`: the JSON Schema of every event type.

`schemas/<event type>.json` describes a record's whole value: the envelope with its typed payload,
as producers write it. What has been published there is a promise to every consumer, so a change
that breaks one is not written over it: see `broken_promises`. To break a promise on purpose,
delete the published file first, and say so in the change log.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from contracts.compatibility import Schema, incompatibilities
from contracts.documents import REPOSITORY, exit_if_any, out_of_date, wants_check, write_all
from contracts.events import EVENTS, SCHEMA_VERSION, Envelope, EventType

FOLDER = REPOSITORY / "libs" / "contracts" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class PlainSchema(GenerateJsonSchema):
    """JSON Schema without a title for every field, which would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's hook
        """Never."""
        return False


def envelope_schema(envelope: Schema, event_type: EventType, payload: Schema) -> dict[str, Any]:
    """The envelope's schema, closed over its six keys, for one event type and its payload."""
    fixed = {"event_type": {"type": "string", "const": event_type.value}, "payload": payload}
    return {
        "title": event_type.value,
        "description": EVENTS[event_type].summary,
        "type": "object",
        "required": envelope["required"],
        "properties": {**envelope["properties"], **fixed},
        "additionalProperties": False,
    }


def written(event_type: EventType) -> Schema:
    """What producers write: fields with defaults are always there."""
    return _event_schema(event_type, "serialization")


def readable(event_type: EventType) -> Schema:
    """What our own consumers can read: fields with defaults may be missing."""
    return _event_schema(event_type, "validation")


def documents(folder: Path) -> dict[Path, str]:
    """The text of every schema file."""
    return {
        folder
        / f"{event_type}.json": json.dumps(
            {
                "$schema": DIALECT,
                "$id": f"urn:poi-video-platform:event:{event_type}:{SCHEMA_VERSION}",
                **written(event_type),
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for event_type in EventType
    }


def published(folder: Path) -> dict[str, Schema]:
    """The schemas in the folder, by event type."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def broken_promises(published_schemas: Mapping[str, Schema]) -> list[str]:
    """Why the models cannot take the place of what was published; nothing when they can.

    Consumers and producers are deployed one by one and topics keep old records, so both must
    hold: whoever reads by the published schema can read what is written now, and what was
    written by the published schema can be read now.
    """
    reasons = []
    for name, schema in published_schemas.items():
        if name not in set(EventType):
            reasons.append(f"{name}: this event type is gone")
            continue
        now, by_us = written(EventType(name)), readable(EventType(name))
        reasons += [
            f"{name}: its readers will fail: {reason}"
            for reason in incompatibilities(reader=schema, writer=now)
        ] + [
            f"{name}: earlier events cannot be read: {reason}"
            for reason in incompatibilities(reader=by_us, writer=schema)
        ]
    return reasons


def publish(folder: Path) -> list[str]:
    """Writes the schemas, or says why not."""
    reasons = broken_promises(published(folder))
    if not reasons:
        write_all(documents(folder))
    return reasons


def _event_schema(event_type: EventType, mode: JsonSchemaMode) -> dict[str, Any]:
    contract = EVENTS[event_type]
    references, schema = models_json_schema(
        [(Envelope, mode), (contract.payload, mode)], schema_generator=PlainSchema
    )
    definitions = schema["$defs"]
    envelope = definitions.pop(Envelope.__name__)
    payload = references[contract.payload, mode]
    return {**envelope_schema(envelope, event_type, payload), "$defs": definitions}


def main() -> None:
    """The command."""
    if wants_check("Generate the JSON Schemas of the events."):
        gone = [path for path in FOLDER.glob("*.json") if path not in documents(FOLDER)]
        exit_if_any([*out_of_date(documents(FOLDER)), *gone])
    elif reasons := publish(FOLDER):
        sys.exit("\n".join(["nothing was written, because promises would be broken:", *reasons]))


if __name__ == "__main__":
    main()
