"""A record as producers hand it over, and an event as handlers receive it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from contracts.events import EventType, Payload

P_co = TypeVar("P_co", bound=Payload, covariant=True)
Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a topic; its key decides its partition."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def size(self) -> int:
        """Its bytes, without what the protocol adds."""
        headers = sum(len(name.encode()) + len(value) for name, value in self.headers)
        return len(self.key or b"") + len(self.value or b"") + headers


@dataclass(frozen=True, slots=True)
class ReceivedRecord:
    """One record as it came from a topic; its timestamp in milliseconds since the epoch."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Event(Generic[P_co]):
    """A decoded event, its payload typed by the contract of its type."""

    event_id: UUID
    event_type: EventType
    occurred_at: datetime
    correlation_id: str
    payload: P_co
