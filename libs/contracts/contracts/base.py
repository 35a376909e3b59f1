"""What every resource and payload of the contract has in common."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)


class Resource(BaseModel):
    """A frozen value of the contract; unknown fields are ignored, so producers may add some.

    A field with a default may be missing when it is read; when it is shown, it is always there.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", json_schema_serialization_defaults_required=True
    )


class Problem(Resource):
    """Why a job failed: a stable snake_case `code`, and a `detail` for people."""

    code: str
    detail: str


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


#: RFC 3339 in UTC, shown with a `Z`; one that comes with another offset is the same instant.
Timestamp = Annotated[AwareDatetime, AfterValidator(_in_utc)]

#: Text that PostgreSQL can hold: anything but U+0000.
StorableText = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]

#: How far a job has come, in per cent.
Progress = Annotated[int, Field(ge=0, le=100)]
