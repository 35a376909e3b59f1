"""The correlation id: one id from a request to the last event that it causes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from uuid_utils import uuid4

HEADER = "X-Correlation-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,128}")

_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def new_correlation_id() -> str:
    """A fresh one."""
    return str(uuid4())


def accepted_correlation_id(given: str | None) -> str:
    """The caller's id when it is 1–128 characters of [A-Za-z0-9._-], a fresh one otherwise."""
    return given if given and _ACCEPTED.fullmatch(given) else new_correlation_id()


def current_correlation_id() -> str:
    """The id of what is being handled; a fresh one outside of any request or event."""
    return _current.get() or new_correlation_id()


def known_correlation_id() -> str | None:
    """The id of what is being handled, if any."""
    return _current.get()


@contextmanager
def bound_correlation_id(correlation_id: str) -> Iterator[None]:
    """Everything within belongs to `correlation_id`."""
    token = _current.set(correlation_id)
    try:
        yield
    finally:
        _current.reset(token)
