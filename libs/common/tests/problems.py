"""What a problem must be, whoever answers it (RFC 9457, SPEC §3)."""

from typing import Any

import httpx

PROBLEM_KEYS = {"type", "title", "status", "detail", "instance", "code", "correlation_id"}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem that was answered."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) - {"errors"} == PROBLEM_KEYS
    assert (body["status"], body["code"]) == (status, code)
    assert body["instance"] == answer.request.url.path
    assert body["correlation_id"] == answer.headers["X-Correlation-ID"]
    return body
