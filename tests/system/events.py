"""What is on the topics, read from their beginning and outside of any group of the platform."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from confluent_kafka import Consumer, Message

_QUIET_S = 1.0
TOPICS = ["poi.events", "asset.events", "video.events"]


@dataclass(frozen=True)
class Seen:
    """A record as it lies on its topic."""

    topic: str
    key: str
    value: dict[str, Any]

    @property
    def type(self) -> str:
        """What happened."""
        return str(self.value["event_type"])


def read_events(
    kafka: str, enough: Callable[[list[Seen]], bool], *, within_s: float = 60
) -> list[Seen]:
    """What is on the topics, once that is `enough` and nothing more comes; raises TimeoutError."""
    consumer = Consumer(
        {"bootstrap.servers": kafka, "group.id": str(uuid4()), "auto.offset.reset": "earliest"}
    )
    consumer.subscribe(TOPICS)
    seen: list[Seen] = []
    deadline = time.monotonic() + within_s
    try:
        while time.monotonic() < deadline:
            record = consumer.poll(_QUIET_S)
            if record is not None and not record.error():
                seen.append(_seen(record))
            elif record is None and enough(seen):
                return seen
    finally:
        consumer.close()
    raise TimeoutError(f"not enough within {within_s:.0f} s: {[event.type for event in seen]}")


def events_of(kafka: str, key: str, last_type: str) -> list[Seen]:
    """The events of one POI, once the one of `last_type` is there and nothing more comes."""

    def enough(seen: list[Seen]) -> bool:
        return any(event.key == key and event.type == last_type for event in seen)

    return [event for event in read_events(kafka, enough) if event.key == key]


def _seen(record: Message) -> Seen:
    key = (record.key() or b"").decode()
    return Seen(record.topic() or "", key, json.loads(record.value() or b"{}"))
