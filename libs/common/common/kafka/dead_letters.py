"""Dead letters: records that no retry can help, kept with their original bytes (SPEC §5)."""

import traceback

from common.kafka.records import ReceivedRecord, Record
from contracts.topics import DeadLetterHeader, Topic

_OURS = frozenset(DeadLetterHeader)
_MAX_MESSAGE_CHARS = 2_000
_MAX_STACKTRACE_CHARS = 16_000


def dead_letter(received: ReceivedRecord, group: str, error: Exception) -> Record:
    """The record for `dlq.events`: value, key and headers as they came, and why it is there."""
    stacktrace = "".join(traceback.format_exception(error))[-_MAX_STACKTRACE_CHARS:]
    reasons = {
        DeadLetterHeader.ORIGINAL_TOPIC: received.topic,
        DeadLetterHeader.ORIGINAL_PARTITION: str(received.partition),
        DeadLetterHeader.ORIGINAL_OFFSET: str(received.offset),
        DeadLetterHeader.ORIGINAL_TIMESTAMP: str(received.timestamp_ms),
        DeadLetterHeader.CONSUMER_GROUP: group,
        DeadLetterHeader.EXCEPTION_TYPE: f"{type(error).__module__}.{type(error).__qualname__}",
        DeadLetterHeader.EXCEPTION_MESSAGE: _message(error)[:_MAX_MESSAGE_CHARS],
        DeadLetterHeader.EXCEPTION_STACKTRACE: stacktrace,
    }
    return Record(
        topic=Topic.DEAD_LETTERS,
        key=received.key,
        value=received.value,
        headers=[
            *received.headers,
            *((name.value, text.encode(errors="replace")) for name, text in reasons.items()),
        ],
    )


def _message(error: Exception) -> str:
    try:
        return str(error)
    except Exception as broken:  # noqa: BLE001 - a letter has to go out whatever the error is
        return f"its message cannot be shown ({type(broken).__name__})"


def is_letter_of(record: ReceivedRecord, group: str | None) -> bool:
    """Whether the record is a dead letter, of one consumer group or of any."""
    headers = dict(record.headers)
    if DeadLetterHeader.ORIGINAL_TOPIC not in headers:
        return False
    return group is None or headers.get(DeadLetterHeader.CONSUMER_GROUP) == group.encode()


def revived(letter: ReceivedRecord) -> Record:
    """The original record of a dead letter, for its original topic, with the same event id."""
    origin = dict(letter.headers)[DeadLetterHeader.ORIGINAL_TOPIC].decode()
    kept = [(name, value) for name, value in letter.headers if name not in _OURS]
    return Record(topic=origin, key=letter.key, value=letter.value, headers=kept)
