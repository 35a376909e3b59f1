"""The property ("POI") as poi-service shows it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    EmailStr,
    Field,
    HttpUrl,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from contracts.base import Resource, StorableText, Timestamp


class PoiStatus(StrEnum):
    """Where a property stands; it moves forward one step at a time."""

    DRAFT = "draft"
    VALIDATED = "validated"
    PUBLISHED = "published"
    ARCHIVED = "archived"


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _plain_text(value: Decimal) -> str:
    """Whole units and cents; digits beyond those can only be zeros."""
    units, _, cents = format(value, "f").partition(".")
    return f"{units}.{cents[:2]}" if cents else units


EnergyClass = Literal["A", "B", "C", "D", "E", "F", "G"]

#: In m², exact; JSON shows a plain number (120, 84.5).
Surface = Annotated[
    Decimal,
    Field(gt=0, le=100_000_000, decimal_places=2),
    PlainSerializer(_plain_number, when_used="json"),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100_000_000}),
]

#: A count with halves (2.5 is two and one without a bath); JSON shows a plain number.
Bathrooms = Annotated[
    Decimal,
    Field(ge=0, le=1000, decimal_places=1),
    PlainSerializer(_plain_number, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1000}),
]

#: Of money, exact; JSON shows a decimal string and never an exponent ("350000", "1250.50").
Amount = Annotated[
    Decimal,
    Field(gt=0, max_digits=14, decimal_places=2),
    PlainSerializer(_plain_text, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,14}(\.\d{1,2})?$"}, mode="serialization"),
]

Feature = Annotated[
    StorableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)
]
SLUG = r"^[a-z0-9_-]{1,50}$"
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Tag = Annotated[StorableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]

#: As ISO 4217 writes them.
CURRENCY = r"^[A-Z]{3}$"


class Price(Resource):
    """An amount of money: a decimal string and an ISO 4217 currency."""

    amount: Amount
    currency: Annotated[str, StringConstraints(pattern=CURRENCY)]


class Facts(Resource):
    """What is known of the property; surfaces in m²."""

    price: Price | None = None
    transaction: Literal["sale", "rent"] | None = None
    surface_m2: Surface | None = None
    land_m2: Surface | None = None
    rooms: Annotated[int, Field(ge=0, le=1000)] | None = None
    bedrooms: Annotated[int, Field(ge=0, le=1000)] | None = None
    bathrooms: Bathrooms | None = None
    floor: Annotated[int, Field(ge=-20, le=300)] | None = None
    year_built: Annotated[int, Field(ge=0, le=2200)] | None = None
    energy_class: EnergyClass | None = None
    climate_class: EnergyClass | None = None
    features: Annotated[tuple[Feature, ...], Field(max_length=50)] = ()


class Agency(Resource):
    """Who sells: shown on the end card."""

    name: (
        Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=200)] | None
    ) = None
    phone: (
        Annotated[StorableText, StringConstraints(strip_whitespace=True, max_length=50)] | None
    ) = None
    email: EmailStr | None = None
    url: HttpUrl | None = None


class Poi(Resource):
    """A property. `version` counts its changes and is its ETag."""

    id: UUID
    name: str
    description: str
    address: str
    lat: float | None
    lon: float | None
    poi_type: str
    tags: tuple[str, ...]
    facts: Facts
    agency: Agency | None
    status: PoiStatus
    version: int
    created_at: Timestamp
    updated_at: Timestamp

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.id
