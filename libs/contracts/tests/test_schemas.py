"""The published schemas: up to date, true of what is written, and promises that are kept."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.compatibility import Schema
from contracts.documents import out_of_date
from contracts.events import EVENTS, EventType
from contracts.poi import Facts, Poi, PoiStatus
from contracts.schemas import FOLDER, broken_promises, documents, publish, published
from tests.samples import AT, POI_ID, encoded

BARE_POI = Poi(
    id=POI_ID,
    name="Terrain",
    description="",
    address="",
    lat=None,
    lon=None,
    poi_type="land",
    tags=(),
    facts=Facts(),
    agency=None,
    status=PoiStatus.DRAFT,
    version=1,
    created_at=AT,
    updated_at=AT,
)


def validator(event_type: EventType) -> Draft202012Validator:
    schema = json.loads((FOLDER / f"{event_type}.json").read_text())
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_published_schemas_are_those_of_the_code() -> None:
    assert set(FOLDER.iterdir()) == set(documents(FOLDER))
    assert out_of_date(documents(FOLDER)) == []


def test_no_published_promise_is_broken() -> None:
    assert published(FOLDER).keys() == set(EventType)
    assert broken_promises(published(FOLDER)) == []


@pytest.mark.parametrize("event_type", EventType)
def test_what_is_written_is_as_its_schema_says(event_type: EventType) -> None:
    Draft202012Validator.check_schema(validator(event_type).schema)
    validator(event_type).validate(json.loads(encoded(event_type)))


def test_a_poi_of_which_little_is_known_is_as_its_schema_says() -> None:
    value = json.loads(encoded(EventType.POI_CREATED, BARE_POI))
    validator(EventType.POI_CREATED).validate(value)


@pytest.mark.parametrize("event_type", EventType)
def test_a_schema_needs_every_field_and_its_own_event_type(event_type: EventType) -> None:
    value = json.loads(encoded(event_type))
    is_valid = validator(event_type).is_valid
    for key in value:
        assert not is_valid({k: v for k, v in value.items() if k != key})
    for name in EVENTS[event_type].payload.model_fields:
        payload = {k: v for k, v in value["payload"].items() if k != name}
        assert not is_valid({**value, "payload": payload})
    assert not is_valid({**value, "event_type": "another.type"})
    assert not is_valid({**value, "trace": "a seventh key"})
    assert is_valid({**value, "payload": {**value["payload"], "added_later": 1}})


def earlier(change: Any) -> dict[str, Schema]:
    """The published schema of poi.created as if it had been otherwise."""
    schema = deepcopy(published(FOLDER)["poi.created"])
    change(schema)
    return {"poi.created": schema}


def poi_fields(schema: Any) -> Any:
    return schema["$defs"]["Poi"]["properties"]


PROMISES = {
    "a field that consumers read": (
        lambda s: (
            poi_fields(s).update(mood={"type": "string"}),
            s["$defs"]["Poi"]["required"].append("mood"),
        ),
        "its readers will fail: the event.payload.mood: may be missing",
    ),
    "fewer values": (
        lambda s: s["$defs"]["PoiStatus"]["enum"].remove("archived"),
        "its readers will fail: the event.payload.status: may be archived",
    ),
    "a value that earlier events have": (
        lambda s: s["$defs"]["PoiStatus"]["enum"].append("sold"),
        "earlier events cannot be read: the event.payload.status: may be sold",
    ),
    "another type": (
        lambda s: poi_fields(s).update(version={"type": "string"}),
        "its readers will fail: the event.payload.version: may be integer",
    ),
    "a field that earlier events lack": (
        lambda s: (poi_fields(s).pop("address"), s["$defs"]["Poi"]["required"].remove("address")),
        "earlier events cannot be read: the event.payload.address: may be missing",
    ),
    "a seventh key": (
        lambda s: (s["properties"].pop("correlation_id"), s["required"].remove("correlation_id")),
        "its readers will fail: the event.correlation_id: readers refuse it",
    ),
}


@pytest.mark.parametrize(("change", "reason"), PROMISES.values(), ids=PROMISES)
def test_a_broken_promise_is_named(change: Any, reason: str) -> None:
    assert any(f"poi.created: {reason}" in found for found in broken_promises(earlier(change)))


def test_an_event_type_that_is_gone_breaks_a_promise() -> None:
    assert broken_promises({"poi.haunted": {}}) == ["poi.haunted: this event type is gone"]


def test_a_field_with_a_default_may_be_added() -> None:
    def before_features(schema: Any) -> None:
        del schema["$defs"]["Facts"]["properties"]["features"]
        schema["$defs"]["Facts"]["required"].remove("features")

    assert broken_promises(earlier(before_features)) == []


def test_a_published_schema_is_not_written_over_when_that_breaks_it(tmp_path: Path) -> None:
    assert publish(tmp_path) == []
    path = tmp_path / "poi.created.json"
    (promised,) = earlier(PROMISES["another type"][0]).values()
    path.write_text(json.dumps(promised))
    assert len(publish(tmp_path)) == 2
    assert json.loads(path.read_text()) == promised
    path.unlink()
    assert publish(tmp_path) == []
    assert out_of_date(documents(tmp_path)) == []


def test_the_check_exits_0_when_all_is_up_to_date() -> None:
    check = subprocess.run([sys.executable, "-m", "contracts.schemas", "--check"], check=False)
    assert check.returncode == 0
