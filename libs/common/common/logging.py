"""Structured logs: one event per line, JSON or text, secrets masked."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from common.config import ServiceSettings
from common.correlation import known_correlation_id

_SECRET_NAME = re.compile(r"(api[-_]?key|password|secret|token|authorization)$", re.IGNORECASE)
_MASK = "***"

EventDict = MutableMapping[str, Any]


def configure_logging(settings: ServiceSettings) -> None:
    """Sends structlog's and the standard library's events to standard output, alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _origin(settings.service_name),
        structlog.processors.format_exc_info,
        mask_secrets(frozenset({*settings.api_keys, *settings.secret_values()})),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
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
                renderer,
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


def mask_secrets(secrets: frozenset[str]) -> structlog.typing.Processor:
    """A processor that hides values named like secrets, and the known secrets wherever they are."""
    known = [secret for secret in secrets if len(secret) >= 6]

    def mask(_: object, __: str, event: EventDict) -> EventDict:
        for name, value in event.items():
            if _SECRET_NAME.search(name):
                event[name] = _MASK
            elif isinstance(value, str):
                for secret in known:
                    value = value.replace(secret, _MASK)  # noqa: PLW2901 - one after the other
                event[name] = value
        return event

    return mask
