"""Refusals and failures as `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import DataError
from pydantic import BaseModel, JsonValue, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from common.correlation import current_correlation_id
from common.errors import AppError
from common.wording import NULL, said

logger = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

_CODES = {
    401: "unauthorized",
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
}


#: Of what validation finds, so much is told: a hostile body may hold a fault in every few bytes.
_MOST_FAULTS = 100

#: What FastAPI cannot parse and has no words for: bytes that are no text, JSON too deeply nested.
_UNREADABLE_BODY = RequestValidationError(
    [{"loc": ("body",), "msg": "the body cannot be read as JSON", "type": "json_invalid"}]
)

#: What FastAPI leaves as bytes because its Content-Type is not that of JSON. The contract has one
#: answer, 422, to all bodies that cannot be read.
_NOT_SENT_AS_JSON = RequestValidationError(
    [
        {
            "loc": ("body",),
            "msg": "not sent as JSON: send JSON with Content-Type: application/json",
            "type": "not_json",
        }
    ]
)


class FieldProblem(BaseModel):
    """One thing that validation found."""

    loc: list[str | int]
    msg: str
    type: str


class ProblemDetails(BaseModel):
    """The body of every answer that is not a success."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    code: str
    correlation_id: str
    errors: list[FieldProblem] | None = None


def problem_schema() -> dict[str, Any]:
    """The JSON Schema of a problem, whole: it may stand anywhere in another document."""
    schema = ProblemDetails.model_json_schema()
    definitions = schema.pop("$defs")
    errors = {"type": "array", "items": definitions["FieldProblem"]}
    schema["properties"]["errors"] = errors
    return schema


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    instance: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[FieldProblem] | None = None,
) -> Response:
    """The answer for a problem; `instance` is the request's path."""
    body = ProblemDetails(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=instance,
        code=code,
        correlation_id=current_correlation_id(),
        errors=list(errors) if errors else None,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE
    )


def problem_for(error: Exception, instance: str) -> Response:
    """The answer for whatever was raised; what nobody foresaw is logged, and not told.

    A pydantic ValidationError that is not the request's is such a thing: `in_body` says which are.
    """
    if isinstance(error, AppError):
        if error.status >= 500:
            logger.warning("dependency_unavailable", reason=error.detail)
        return problem(
            error.status, error.code, error.detail, instance=instance, headers=error.headers
        )
    if isinstance(error, RequestValidationError):
        return _validation_problem(error, instance)
    if isinstance(error, DataError):
        return _unstorable(instance)
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.BAD_REQUEST:
        return _validation_problem(_UNREADABLE_BODY, instance)
    if isinstance(error, HTTPException):
        code = _CODES.get(error.status_code, "http_error")
        return problem(
            error.status_code,
            code,
            _explained(error, instance),
            instance=instance,
            headers=error.headers,
        )
    logger.error("request_failed", exc_info=error)
    return problem(
        500,
        "internal_error",
        "something went wrong here; the correlation id finds it in the logs",
        instance=instance,
    )


def in_body(error: ValidationError, patch: JsonValue = None) -> RequestValidationError:
    """The validation error of something that came in the body, said as FastAPI says it.

    What `patch` clears is missing from what was validated: the caller is told of the null.
    """
    found = error.errors(include_url=False, include_input=False)
    for one in found:
        if one["type"] == "missing" and _is_in(patch, one["loc"]):
            one["msg"] = NULL
    return RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found])


def _is_in(value: JsonValue, loc: Sequence[str | int]) -> bool:
    for part in loc:
        if not isinstance(value, dict) or part not in value:
            return False
        value = value[str(part)]
    return True


def install_problem_handlers(app: FastAPI) -> None:
    """Makes the app answer refusals with a problem; the rest is CorrelationMiddleware's."""

    async def answer(request: Request, error: Exception) -> Response:
        return problem_for(error, request.url.path)

    for raised in (AppError, RequestValidationError, HTTPException, DataError):
        app.add_exception_handler(raised, answer)


def _validation_problem(error: RequestValidationError, instance: str) -> Response:
    told = _NOT_SENT_AS_JSON if isinstance(error.body, bytes) else error
    found: Sequence[Any] = told.errors()
    fields = [
        FieldProblem(
            loc=[part if isinstance(part, int) else str(part) for part in one["loc"]],
            msg=said(one),
            type=str(one["type"]),
        )
        for one in found[:_MOST_FAULTS]
    ]
    detail = "; ".join(f"{_place(f)}: {f.msg}" for f in fields[:5])
    return problem(422, "validation_error", detail, instance=instance, errors=fields)


def _place(found: FieldProblem) -> str:
    """Dotted; where JSON breaks is a position in the body, which the message tells."""
    if found.type == "json_invalid":
        return "body"
    return ".".join(map(str, found.loc))


def _unstorable(instance: str) -> Response:
    """What PostgreSQL refuses although it is valid JSON: U+0000 above all."""
    found = FieldProblem(
        loc=["body"],
        msg="a value cannot be stored: text must not hold U+0000, and numbers must be in range",
        type="unstorable",
    )
    return problem(422, "validation_error", found.msg, instance=instance, errors=[found])


def _explained(error: HTTPException, instance: str) -> str:
    if error.status_code == 404:
        return f"there is nothing at {instance}"
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "another method")
        return f"this method is not allowed here: use {allowed}"
    return str(error.detail)
