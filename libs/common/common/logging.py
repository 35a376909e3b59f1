"""Structured logs: one event per line, JSON or text, secrets masked.

Twice: values named like secrets before the line is written, and the secrets that this process
knows in the line itself, wherever they have got into.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import structlog

from common.config import ServiceSettings
from common.correlation import known_correlation_id

_SECRET_NAME = re.compile(r"(api[-_]?key|password|secret|token|authorization)$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MASK = "***"
_SHORTEST_KNOWN = 6

EventDict = MutableMapping[str, Any]


def configure_logging(settings: ServiceSettings) -> None:
    """Sends structlog's and the standard library's events to standard output, alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _origin(settings.service_name),
        structlog.processors.format_exc_info,
        _mask_named_secrets,
    ]
    rendering: list[structlog.typing.Processor] = (
        [structlog.processors.JSONRenderer()]
        if settings.log_format == "json"
        else [_show_controls, structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *rendering,
                _mask_known_secrets({*settings.api_keys, *settings.secret_values()}),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("aiokafka", "httpx", "httpx2", "httpcore", "httpcore2", "openai", "psycopg.pool"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _origin(service_name: str) -> structlog.typing.Processor:
    def add_origin(_: object, __: str, event: EventDict) -> EventDict:
        event["service"] = service_name
        if correlation_id := known_correlation_id():
            event.setdefault("correlation_id", correlation_id)
        return event

    return add_origin


def _mask_named_secrets(_: object, __: str, event: EventDict) -> EventDict:
    return {name: _masked(name, value) for name, value in event.items()}


def _masked(name: object, value: Any) -> Any:
    if isinstance(name, str) and _SECRET_NAME.search(name):
        return _MASK
    if isinstance(value, Mapping):
        return {inner: _masked(inner, of) for inner, of in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(None, one) for one in value]
    return value


def _show_controls(_: object, __: str, event: EventDict) -> EventDict:
    """Terminals obey control characters, and paths that strangers ask for may hold some."""
    return {
        name: (
            _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value)
            if isinstance(value, str)
            else value
        )
        for name, value in event.items()
    }


def _mask_known_secrets(secrets: Iterable[str]) -> structlog.typing.Processor:
    """Of a line, hides the secrets, also where JSON writes them with escapes.

    Not those of a few characters: they would be found in words everywhere.
    """
    long_ones = [secret for secret in secrets if len(secret) >= _SHORTEST_KNOWN]
    escaped = (json.dumps(secret)[1:-1] for secret in long_ones)
    pattern = re.compile("|".join(map(re.escape, sorted({*long_ones, *escaped}, key=len)[::-1])))

    def mask(_: object, __: str, line: Any) -> str:
        return pattern.sub(_MASK, line) if long_ones else line

    return mask
