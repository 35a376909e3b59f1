"""What an agency says of a property: everything of a POI but what the service sets."""

from typing import Annotated, Self

from iso4217 import Currency
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from contracts.base import Given, StorableText
from contracts.poi import CURRENCY, Agency, Facts, Poi, Price, Slug, Tag


def _distinct(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


_CURRENCIES = frozenset(currency.code for currency in Currency)


def _in_iso_4217(code: str) -> str:
    if code not in _CURRENCIES:
        raise ValueError(f"{code} is no currency of ISO 4217: EUR, CHF and USD are some")
    return code


class PriceDraft(Price, Given, extra="forbid"):
    """A price as given, in a currency that there is."""

    currency: Annotated[str, StringConstraints(pattern=CURRENCY), AfterValidator(_in_iso_4217)]


class FactsDraft(Facts, Given, extra="forbid"):
    """Facts as given; unknown ones are refused."""

    price: PriceDraft | None = None


class AgencyDraft(Agency, Given, extra="forbid"):
    """An agency as given; unknown fields are refused."""


class PoiDraft(Given):
    """A property as given; only its name is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[
        StorableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
    ]
    description: Annotated[StorableText, Field(max_length=5000)] = ""
    address: Annotated[StorableText, Field(max_length=500)] = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    poi_type: Slug = "other"
    tags: Annotated[tuple[Tag, ...], Field(max_length=50), AfterValidator(_distinct)] = ()
    facts: FactsDraft = FactsDraft()
    agency: AgencyDraft | None = None

    @model_validator(mode="after")
    def _both_coordinates_or_neither(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon go together: give both or neither")
        return self

    @classmethod
    def of(cls, poi: Poi) -> Self:
        """The part of `poi` that an agency may change."""
        return cls.model_validate(poi.model_dump(include=set(cls.model_fields)))
