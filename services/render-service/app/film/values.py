"""The base of the values that describe a film, and how a job is refused."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that travels to the child processes as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FilmError(Exception):
    """Something could not be drawn, decoded or encoded.

    `code` is stable and snake_case, `detail` is for people; both may be shown to users.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
