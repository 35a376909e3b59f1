"""Publishing with the strongest guarantee Kafka gives: acks from all replicas, idempotent."""

import asyncio
import contextlib

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from common.errors import DependencyUnavailable
from common.kafka.records import Record

logger = structlog.get_logger(__name__)

_START_TIMEOUT_S = 10.0
_STOP_TIMEOUT_S = 3.0
_ABANDON_TIMEOUT_S = 1.0
_PUBLISH_TIMEOUT_S = 30.0

#: As large as scripts/create-topics.sh lets records be.
MAX_RECORD_BYTES = 8 << 20

#: What the protocol adds to one, generously.
_FRAMING_BYTES = 4096


class RecordTooLarge(DependencyUnavailable):
    """The broker takes no record as large as `record`; it may be told to."""

    def __init__(self, record: Record) -> None:
        super().__init__(f"the broker takes no record of {record.size:,} bytes")
        self.record = record


class Publisher:
    """A producer that is started at its first use and thrown away at its first failure.

    A producer that has failed may be in a fatal state for good (aiokafka #510, #1017), so after
    any failure the next call starts with a new one. One publish runs at a time.
    """

    def __init__(
        self, bootstrap_servers: str, *, client_id: str, timeout_s: float = _PUBLISH_TIMEOUT_S
    ) -> None:
        self._bootstrap_servers = bootstrap_servers
        self._timeout_s = timeout_s
        self._client_id = client_id
        self._producer: AIOKafkaProducer | None = None
        self._lock = asyncio.Lock()

    async def publish(self, records: list[Record]) -> None:
        """Sends the records in order, and returns once the broker has acknowledged them all.

        Raises DependencyUnavailable when it did not: then some may have been written. For one that
        is too large it is RecordTooLarge.
        """
        async with self._lock:
            try:
                async with asyncio.timeout(self._timeout_s):
                    await self._send(records)
            except (KafkaError, OSError, TimeoutError) as error:
                await self._discard()
                raise DependencyUnavailable(
                    f"the broker cannot take records now ({type(error).__name__})"
                ) from error
            except (RecordTooLarge, asyncio.CancelledError):
                await self._discard()
                raise

    async def close(self) -> None:
        """Closes the connection to the broker; takes a bounded time."""
        async with self._lock:
            producer, self._producer = self._producer, None
            if producer is None:
                return
            try:
                async with asyncio.timeout(_STOP_TIMEOUT_S):
                    await producer.stop()
            except (KafkaError, OSError, TimeoutError):
                await _abandon(producer)

    async def _send(self, records: list[Record]) -> None:
        for record in records:
            if record.size > MAX_RECORD_BYTES - _FRAMING_BYTES:
                raise RecordTooLarge(record)
        producer = self._producer or await self._start()
        acknowledged = [
            await producer.send(
                record.topic, record.value, key=record.key, headers=list(record.headers)
            )
            for record in records
        ]
        # Every outcome is looked at, so that none is reported later as never retrieved.
        outcomes = await asyncio.gather(*acknowledged, return_exceptions=True)
        for record, outcome in zip(records, outcomes, strict=True):
            if isinstance(outcome, MessageSizeTooLargeError):
                raise RecordTooLarge(record) from outcome
            if isinstance(outcome, BaseException):
                raise outcome

    async def _start(self) -> AIOKafkaProducer:
        producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap_servers,
            client_id=self._client_id,
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_request_size=MAX_RECORD_BYTES,
            request_timeout_ms=10_000,
        )
        self._producer = producer
        async with asyncio.timeout(_START_TIMEOUT_S):
            await producer.start()
        return producer

    async def _discard(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await _abandon(producer)


async def _abandon(producer: AIOKafkaProducer) -> None:
    """Ends a producer with what it could not send.

    stop() would wait for that, and be cut off in the middle: the producer's tasks would go on for
    good, a set of them for every outage, and send those records once more afterwards.
    """
    with contextlib.suppress(KafkaError, OSError, TimeoutError):  # it is given up anyway
        async with asyncio.timeout(_ABANDON_TIMEOUT_S):
            await producer.client.close()
            await producer._sender.close()  # noqa: SLF001 - there is no public way
    producer._closed = True  # noqa: SLF001 - so that nobody is told to close it
