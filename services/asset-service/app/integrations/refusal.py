"""Why a file is not taken, as the inspecting child says it."""

from typing import Self


class Refused(Exception):  # noqa: N818 - says what happened
    """The file is not taken: `code` is one of the service's, None for a type that is unknown."""

    def __init__(self, detail: str, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code

    @classmethod
    def broken(cls, detail: str) -> Self:
        """The refusal of a file that cannot be read, or ends too soon."""
        return cls(detail, "content_unreadable")
