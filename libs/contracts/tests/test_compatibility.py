"""The comparer: who reads by one schema can, or cannot, read all that is written by another."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.compatibility import Schema, incompatibilities

TEXT: Schema = {"type": "string"}
NULL: Schema = {"type": "null"}


def record(required: list[str] | None = None, **properties: Schema) -> dict[str, Any]:
    """An object whose properties are all required unless said otherwise."""
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed}


#: Reader, writer, and the words that tell them apart; each is safe the other way round,
#: and the sample is what the reader fails on.
BREAKS: list[tuple[str, Any, Any, str, Any]] = [
    ("a property removed", record(a=TEXT, b=TEXT), record(a=TEXT), ".b: may be missing", {"a": ""}),
    (
        "a property that is not always there any more",
        record(a=TEXT),
        record(a=TEXT, required=[]),
        ".a: may be missing",
        {},
    ),
    ("a value added", {"enum": ["a"]}, {"enum": ["a", "b"]}, "may be b", "b"),
    ("a constant freed", {"const": 1}, {"enum": [1, 2]}, "may be 2", 2),
    ("values not listed any more", {"type": "string", "enum": ["a"]}, TEXT, "anything", "b"),
    ("a number where integers were", {"type": "integer"}, {"type": "number"}, "number", 1.5),
    ("null where there was none", TEXT, {"anyOf": [TEXT, NULL]}, "may be null", None),
    ("a higher maximum", {"type": "integer", "maximum": 9}, {"type": "integer"}, "higher", 10),
    (
        "a lower minimum",
        {"type": "integer", "minimum": 0},
        {"type": "integer", "minimum": -20},
        "lower",
        -20,
    ),
    (
        "a bound that is reached",
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "minimum": 0},
        "lower",
        0,
    ),
    (
        "a longer text",
        {"type": "string", "maxLength": 2},
        {"type": "string", "maxLength": 3},
        "higher",
        "abc",
    ),
    ("a shorter text", {"type": "string", "minLength": 1}, TEXT, "lower", ""),
    (
        "more items",
        {"type": "array", "maxItems": 1},
        {"type": "array", "maxItems": 2},
        "higher",
        [1, 2],
    ),
    (
        "items of any kind",
        {"type": "array", "items": TEXT},
        {"type": "array"},
        "[]: may be of any type",
        [1],
    ),
    ("a pattern dropped", {"type": "string", "pattern": "^a"}, TEXT, "pattern", "b"),
    ("a format dropped", {"type": "string", "format": "uuid"}, TEXT, "format", "b"),
    (
        "further properties of any kind",
        {"type": "object", "additionalProperties": TEXT},
        {"type": "object"},
        ".*: may be of any type",
        {"a": 1},
    ),
    (
        "a property for a closed reader",
        record(a=TEXT) | {"additionalProperties": False},
        record(["a"], a=TEXT, b=TEXT) | {"additionalProperties": False},
        ".b: readers refuse it",
        {"a": "", "b": ""},
    ),
    (
        "a change deep within, behind references",
        {"$ref": "#/$defs/Old", "$defs": {"Old": record(list={"type": "array", "items": TEXT})}},
        {
            "$ref": "#/$defs/New",
            "$defs": {
                "New": record(list={"type": "array", "items": {"$ref": "#/$defs/Item"}}),
                "Item": {"anyOf": [TEXT, {"type": "integer"}]},
            },
        },
        "the event.list[]: may be integer",
        {"list": [1]},
    ),
]
breaks = pytest.mark.parametrize(
    ("reader", "writer", "reason", "sample"), [b[1:] for b in BREAKS], ids=[b[0] for b in BREAKS]
)


@breaks
def test_what_a_reader_may_fail_on_is_said(
    reader: Schema, writer: Schema, reason: str, sample: object
) -> None:
    (found,) = incompatibilities(reader=reader, writer=writer)
    assert reason in found


@breaks
def test_a_validator_of_json_schema_agrees_that_the_reader_fails(
    reader: Schema, writer: Schema, reason: str, sample: object
) -> None:
    checker = Draft202012Validator.FORMAT_CHECKER
    assert Draft202012Validator(writer, format_checker=checker).is_valid(sample)
    assert not Draft202012Validator(reader, format_checker=checker).is_valid(sample)


@breaks
def test_the_change_the_other_way_round_is_safe(
    reader: Schema, writer: Schema, reason: str, sample: object
) -> None:
    assert incompatibilities(reader=writer, writer=reader) == []


@pytest.mark.parametrize("schema", [s for b in BREAKS for s in b[1:3]])
def test_every_schema_is_compatible_with_itself(schema: Schema) -> None:
    assert incompatibilities(reader=schema, writer=schema) == []


def test_a_property_that_open_readers_do_not_know_is_safe() -> None:
    assert incompatibilities(reader=record(a=TEXT), writer=record(a=TEXT, b=TEXT)) == []


def test_a_renamed_property_breaks_its_readers() -> None:
    (found,) = incompatibilities(reader=record(name=TEXT), writer=record(title=TEXT))
    assert found == "the event.name: may be missing, and readers need it"


@pytest.mark.parametrize("written", ["integer", "boolean", "null", "object", "array"])
def test_a_changed_type_breaks_its_readers(written: str) -> None:
    (found,) = incompatibilities(reader=record(a=TEXT), writer=record(a={"type": written}))
    assert found == f"the event.a: may be {written}, and readers take string"


def test_the_closest_option_of_a_reader_gives_the_reason() -> None:
    short: Schema = {"type": "string", "maxLength": 1}
    (found,) = incompatibilities(reader={"anyOf": [short, NULL]}, writer={"anyOf": [TEXT, NULL]})
    assert found == "the event: maxLength may be higher than 1, the most that readers take"


def test_a_keyword_that_nobody_taught_it_is_never_passed_over() -> None:
    (found,) = incompatibilities(reader={"type": "array", "contains": TEXT}, writer={"const": []})
    assert found == "the event: contains cannot be compared"


def test_words_for_people_make_no_difference() -> None:
    titled = {**record(a=TEXT), "title": "A", "description": "It is.", "examples": [{}]}
    assert incompatibilities(reader=titled, writer=record(a=TEXT)) == []
    assert incompatibilities(reader=record(a=TEXT), writer=titled) == []
