"""Errors that the platform answers with, as problem details (RFC 9457).

    AppError                        400  bad_request
    ├── Unauthorized                401  unauthorized
    ├── NotFoundError               404  not_found
    ├── WorkflowError               409  (the service's own code)
    ├── PreconditionFailed          412  precondition_failed
    ├── PayloadTooLarge             413  payload_too_large
    ├── UnsupportedMediaType        415  unsupported_media_type
    ├── RangeNotSatisfiable         416  range_not_satisfiable
    ├── Unprocessable               422  validation_error
    ├── ProviderFailed              502  provider_failed
    └── DependencyUnavailable       503  dependency_unavailable

Services raise them from anywhere; `common.problems` turns them into answers.
"""

from collections.abc import Mapping
from typing import ClassVar


class AppError(Exception):
    """A refusal that the caller can do something about.

    `detail` says for people what was wrong and what is allowed; `code` is stable, snake_case.
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "bad_request"

    def __init__(
        self, detail: str, *, code: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code
        self.headers = dict(headers or {})


class Unauthorized(AppError):  # noqa: N818 - HTTP's own word, as those below
    """No key, or a wrong one."""

    status = 401
    default_code = "unauthorized"


class NotFoundError(AppError):
    """There is no such thing."""

    status = 404
    default_code = "not_found"


class WorkflowError(AppError):
    """The thing is not in a state that allows this."""

    status = 409
    default_code = "conflict"


class PreconditionFailed(AppError):  # noqa: N818
    """The thing has changed since the caller read it."""

    status = 412
    default_code = "precondition_failed"


class PayloadTooLarge(AppError):  # noqa: N818
    """The body is over its cap."""

    status = 413
    default_code = "payload_too_large"


class UnsupportedMediaType(AppError):  # noqa: N818
    """The content is not of a type that fits."""

    status = 415
    default_code = "unsupported_media_type"


class RangeNotSatisfiable(AppError):  # noqa: N818
    """The range lies beyond the end."""

    status = 416
    default_code = "range_not_satisfiable"


class Unprocessable(AppError):  # noqa: N818
    """Well formed, and yet nothing that can be worked with."""

    status = 422
    default_code = "validation_error"


class ProviderFailed(AppError):  # noqa: N818
    """A provider outside the platform did not do its part: `detail` says what a person can do."""

    status = 502
    default_code = "provider_failed"


class DependencyUnavailable(AppError):  # noqa: N818
    """Something that is needed is down: the caller may try again later."""

    status = 503
    default_code = "dependency_unavailable"

    def __init__(self, detail: str, *, retry_after_s: int = 2) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after_s)})
        self.retry_after_s = retry_after_s
