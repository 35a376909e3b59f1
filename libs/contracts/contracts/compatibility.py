"""Whether a reader that follows one JSON Schema can read all that a writer of another writes.

The one question of schema evolution, asked of the part of JSON Schema that our models generate.
In doubt the answer is no: a keyword of the reader that this module does not know is a reason, and
one of the writer, which could only narrow what it writes, is not counted on.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

_SAYS_NOTHING = frozenset(
    {"$defs", "$id", "$ref", "$schema", "default", "description", "examples", "title"}
)
_KNOWN = frozenset(
    {
        "additionalProperties",
        "anyOf",
        "const",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "items",
        "maximum",
        "maxItems",
        "maxLength",
        "minimum",
        "minItems",
        "minLength",
        "pattern",
        "properties",
        "required",
        "type",
    }
)


@dataclass(frozen=True, slots=True)
class _Node:
    """A schema within its document, whose `$defs` its references mean."""

    schema: Schema
    document: Schema

    def at(self, schema: Schema | bool) -> "_Node":
        """Another schema of the same document, its reference followed."""
        if isinstance(schema, bool):
            return _Node({} if schema else {"enum": []}, self.document)
        reference = schema.get("$ref")
        if reference is None:
            return _Node(schema, self.document)
        target = self.document["$defs"][reference.removeprefix("#/$defs/")]
        return self.at({**target, **{k: v for k, v in schema.items() if k != "$ref"}})


def incompatibilities(*, reader: Schema, writer: Schema) -> list[str]:
    """Why a reader of `reader` may fail on what a writer of `writer` writes; nothing when it
    never does. Each reason begins with the path of the value that it is about.
    """
    return list(_compare(_Node({}, reader).at(reader), _Node({}, writer).at(writer), "the event"))


def _compare(reader: _Node, writer: _Node, path: str) -> Iterator[str]:
    demands = reader.schema.keys() - _SAYS_NOTHING
    if not demands:
        return  # what reads anything
    if unknown := demands - _KNOWN:
        yield f"{path}: {', '.join(sorted(unknown))} cannot be compared"
    elif "anyOf" in writer.schema:
        for option in writer.schema["anyOf"]:
            yield from _compare(reader, writer.at(option), path)
    elif "anyOf" in reader.schema:
        yield from _best(reader, writer, path)
    else:
        yield from _compare_plain(reader, writer, path)


def _best(reader: _Node, writer: _Node, path: str) -> Iterator[str]:
    """Nothing when one of the reader's options will do, else what keeps the closest from it."""
    tries = [list(_compare(reader.at(option), writer, path)) for option in reader.schema["anyOf"]]
    same_type = [
        reasons
        for reasons, option in zip(tries, reader.schema["anyOf"], strict=True)
        if reader.at(option).schema.get("type") == writer.schema.get("type")
    ]
    yield from min(same_type or tries, key=len)


def _compare_plain(reader: _Node, writer: _Node, path: str) -> Iterator[str]:
    yield from _compare_values(reader.schema, writer.schema, path)
    yield from _compare_types(reader.schema, writer.schema, path)
    yield from _compare_texts(reader.schema, writer.schema, path)
    yield from _compare_bounds(reader.schema, writer.schema, path)
    if _may_be(reader, "array") and _may_be(writer, "array"):
        items, written_items = (n.at(n.schema.get("items", True)) for n in (reader, writer))
        yield from _compare(items, written_items, f"{path}[]")
    if _may_be(reader, "object") and _may_be(writer, "object"):
        yield from _compare_objects(reader, writer, path)


def _compare_values(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    readable, written = _values(reader), _values(writer)
    if readable is None:
        return
    if not readable:
        yield f"{path}: readers refuse it"
    elif written is None:
        yield f"{path}: may be anything, and readers know only {_listed(readable)}"
    elif extra := [value for value in written if value not in readable]:
        yield f"{path}: may be {_listed(extra)}, and readers know only {_listed(readable)}"


def _values(schema: Schema) -> list[Any] | None:
    """The values that a schema allows, None when it does not list them."""
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values


def _listed(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values) or "nothing"


def _compare_types(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    if "type" not in reader:
        return
    readable, written = reader["type"], writer.get("type", "of any type")
    if written != readable and (written, readable) != ("integer", "number"):
        yield f"{path}: may be {written}, and readers take {readable}"


def _compare_texts(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    """Formats and patterns: nothing but the same will do, which is safe if narrow."""
    for keyword in ("format", "pattern"):
        if keyword in reader and reader[keyword] != writer.get(keyword):
            found = writer.get(keyword, "any")
            yield f"{path}: {keyword} may be {found}, and readers take {reader[keyword]}"


_LEAST = (("minimum", "exclusiveMinimum"), ("minLength", None), ("minItems", None))
_MOST = (("maximum", "exclusiveMaximum"), ("maxLength", None), ("maxItems", None))


def _compare_bounds(reader: Schema, writer: Schema, path: str) -> Iterator[str]:
    if _values(reader) is not None:
        return  # then the values have been compared one by one
    for inclusive, exclusive in _LEAST:
        least = _bound(reader, inclusive, exclusive, sign=1)
        if _bound(writer, inclusive, exclusive, sign=1) < least:
            yield f"{path}: {inclusive} may be lower than {least[0]}, the least that readers take"
    for inclusive, exclusive in _MOST:
        most = _bound(reader, inclusive, exclusive, sign=-1)
        if _bound(writer, inclusive, exclusive, sign=-1) < most:
            yield f"{path}: {inclusive} may be higher than {-most[0]}, the most that readers take"


def _bound(
    schema: Schema, inclusive: str, exclusive: str | None, *, sign: int
) -> tuple[float, bool]:
    """The bound, so that a tighter one compares as greater; without one, minus infinity."""
    at = (sign * schema[inclusive], False) if inclusive in schema else (-math.inf, False)
    if exclusive is not None and exclusive in schema:
        return max(at, (sign * schema[exclusive], True))
    return at


def _may_be(node: _Node, json_type: str) -> bool:
    return _values(node.schema) is None and node.schema.get("type", json_type) == json_type


def _compare_objects(reader: _Node, writer: _Node, path: str) -> Iterator[str]:
    readers, written = (n.schema.get("properties", {}) for n in (reader, writer))
    others, written_others = (
        n.at(n.schema.get("additionalProperties", True)) for n in (reader, writer)
    )
    for name in reader.schema.get("required", ()):
        if name not in writer.schema.get("required", ()):
            yield f"{path}.{name}: may be missing, and readers need it"
    for name, schema in written.items():
        reads = reader.at(readers[name]) if name in readers else others
        yield from _compare(reads, writer.at(schema), f"{path}.{name}")
    if writer.schema.get("additionalProperties", True) is not False:
        yield from _compare(others, written_others, f"{path}.*")
