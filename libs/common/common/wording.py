"""What validation found, in words that say what to do instead."""

from collections.abc import Mapping
from typing import Any

from contracts.base import STORABLE
from contracts.poi import CURRENCY, SLUG

NULL = "cannot be null"
_UUID = "should be a UUID"
_OBJECT = "should be an object"

_OF_TYPE = {
    "uuid_parsing": _UUID,
    "uuid_type": _UUID,
    "uuid_version": _UUID,
    "dict_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}

_OF_PATTERN = {
    CURRENCY: "should be three capital letters, such as EUR",
    SLUG: "should be 1 to 50 of a to z, 0 to 9, _ and -",
    STORABLE: "must not hold U+0000",
}


def said(found: Mapping[str, Any]) -> str:
    """The message for one error of pydantic or FastAPI; theirs where it is clear."""
    context: Mapping[str, Any] = found.get("ctx") or {}
    theirs = str(found["msg"]).removeprefix("Value error, ")
    match found["type"]:
        case "json_invalid" if "error" in context:
            return f"not JSON at character {found['loc'][-1]}: {context['error']}"
        case "string_pattern_mismatch":
            return _OF_PATTERN.get(context.get("pattern", ""), theirs)
        case str(kind) if kind.endswith("_type") and found.get("input", kind) is None:
            return NULL
        case kind:
            return _OF_TYPE.get(kind, theirs)
