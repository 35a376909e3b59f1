"""What every resource and payload of the contract has in common."""

from decimal import Decimal
from typing import Annotated

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)


class Resource(BaseModel):
    """A frozen value of the contract; unknown fields are ignored, so producers may add some."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Problem(Resource):
    """Why a job failed: a stable snake_case `code`, and a `detail` for people."""

    code: str
    detail: str


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


#: An exact decimal that JSON shows as a plain number (120, 2.5).
DecimalNumber = Annotated[
    Decimal,
    PlainSerializer(_plain_number, when_used="json"),
    WithJsonSchema({"type": "number"}),
]

#: Text that PostgreSQL can hold: anything but U+0000.
StorableText = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]

#: RFC 3339 with an offset; services only ever produce UTC, shown with a `Z`.
Timestamp = AwareDatetime
