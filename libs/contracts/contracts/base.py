"""What every resource and payload of the contract has in common."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError


class Resource(BaseModel):
    """A frozen value of the contract; unknown fields are ignored, so producers may add some.

    A field with a default may be missing when it is read; when it is shown, it is always there.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", json_schema_serialization_defaults_required=True
    )


class Given(BaseModel):
    """What a caller gives as a JSON object; anything else is told which fields it takes."""

    @model_validator(mode="before")
    @classmethod
    def _is_an_object(cls, given: Any) -> Any:
        if isinstance(given, dict | BaseModel):
            return given
        fields = ", ".join(cls.model_fields)
        raise PydanticCustomError(
            "model_type", "should be an object with {fields}", {"fields": fields}
        )


class Problem(Resource):
    """Why a job failed: a stable snake_case `code`, and a `detail` for people."""

    code: str
    detail: str


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


#: RFC 3339 in UTC, shown with a `Z`; one that comes with another offset is the same instant.
Timestamp = Annotated[AwareDatetime, AfterValidator(_in_utc)]

STORABLE = r"^[^\x00]*$"

#: Text that PostgreSQL can hold: anything but U+0000.
StorableText = Annotated[str, StringConstraints(pattern=STORABLE)]

#: How far a job has come, in per cent.
Progress = Annotated[int, Field(ge=0, le=100)]
