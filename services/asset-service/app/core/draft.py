"""What a caller says of an asset: everything but what the service sets."""

import json
from types import MappingProxyType
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
)

from app.core.rooms import guess_room
from contracts.asset import Asset, AssetType, Room
from contracts.base import Given, StorableText

MAX_METADATA_BYTES = 16 * 1024

#: Far more than anybody needs, and far less than makes JSON readers give up: those of the
#: services that list assets do at 200.
MAX_METADATA_LEVELS = 50

#: Other names that callers use for the types.
_ALIASES = MappingProxyType(
    {
        "image": AssetType.PHOTO,
        "floor_plan": AssetType.PLAN,
        "raw_video": AssetType.VIDEO,
    }
)

_Container = dict[str, JsonValue] | list[JsonValue]


def _canonical(value: object) -> object:
    return _ALIASES.get(value, value) if isinstance(value, str) else value


def _is_small(metadata: dict[str, JsonValue]) -> dict[str, JsonValue]:
    size = len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MAX_METADATA_BYTES:
        raise ValueError(f"at most {MAX_METADATA_BYTES:,} bytes as JSON, not {size:,}")
    return metadata


def _is_shallow(metadata: dict[str, JsonValue]) -> dict[str, JsonValue]:
    level: list[_Container] = [metadata]
    for _ in range(MAX_METADATA_LEVELS):
        level = [inner for outer in level for inner in _within(outer)]
    if level:
        raise ValueError(f"at most {MAX_METADATA_LEVELS} objects and lists within one another")
    return metadata


def _within(outer: _Container) -> list[_Container]:
    values = outer.values() if isinstance(outer, dict) else outer
    return [value for value in values if isinstance(value, dict | list)]


#: A type of asset, by its own name or an alias.
GivenAssetType = Annotated[
    AssetType,
    BeforeValidator(_canonical),
    Field(description="Aliases: `image` (photo), `floor_plan` (plan), `raw_video` (video)."),
]

AssetName = Annotated[
    StorableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)
]

FilePath = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1024),
    Field(description="Under the asset root: relative, or with the prefix `/data/assets/`."),
]

MimeType = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=255,
        pattern=r"^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$",
    ),
    Field(description="A hint for as long as there is no content; then what its bytes are."),
]


class AssetDraft(Given):
    """An asset as given; its POI and its name are required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    poi_id: Annotated[UUID, Field(description="Not checked against poi-service.")]
    name: AssetName
    asset_type: GivenAssetType = AssetType.PHOTO
    file_path: FilePath | None = None
    mime_type: MimeType | None = None
    room: Annotated[
        Room | None, Field(description="Guessed from the name, in French or English, when absent.")
    ] = None
    position: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    metadata: Annotated[
        dict[str, JsonValue], AfterValidator(_is_small), AfterValidator(_is_shallow)
    ] = Field(default={})

    @classmethod
    def of(cls, asset: Asset) -> Self:
        """The part of `asset` that a caller may change."""
        return cls.model_validate(asset.model_dump(include=set(cls.model_fields)))

    def shown_room(self, *file_names: str) -> Room:
        """The room as given, or guessed from the name and then from `file_names`."""
        return self.room or guess_room(self.asset_type, self.name, *file_names)
