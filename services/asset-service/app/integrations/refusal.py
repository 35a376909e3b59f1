"""Why a file is not taken, as the inspecting child says it."""

from typing import Literal


class Refused(Exception):  # noqa: N818 - says what happened
    """The file is not taken; `code` is one of the service's."""

    def __init__(self, detail: str, code: Literal["content_unreadable", "image_too_large"]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code


def broken(detail: str) -> Refused:
    """The refusal of a file that cannot be read, or ends too soon."""
    return Refused(detail, "content_unreadable")
