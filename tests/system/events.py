"""What is on the topics, read from their beginning and outside of any group of the platform."""

import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from confluent_kafka import Consumer

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


def read_events(kafka: str, key: str, *, until_type: str, within_s: float = 60) -> list[Seen]:
    """The events of one POI, up to the first of `until_type`; raises TimeoutError."""
    consumer = Consumer(
        {"bootstrap.servers": kafka, "group.id": str(uuid4()), "auto.offset.reset": "earliest"}
    )
    consumer.subscribe(TOPICS)
    seen: list[Seen] = []
    deadline = time.monotonic() + within_s
    try:
        while time.monotonic() < deadline:
            record = consumer.poll(0.5)
            if record is None or record.error():
                continue
            found = Seen(
                record.topic() or "",
                (record.key() or b"").decode(),
                json.loads(record.value() or b"{}"),
            )
            if found.key == key:
                seen.append(found)
            if any(s.type == until_type for s in seen) and consumer.poll(1.0) is None:
                return seen
    finally:
        consumer.close()
    raise TimeoutError(f"no {until_type} of {key} within {within_s:.0f} s")
