"""Dead letters: records that no retry can help, kept with their original bytes (SPEC §5)."""

import traceback

from common.kafka.records import ReceivedRecord, Record
from contracts.topics import Topic

PREFIX = "dlq-"
_MAX_MESSAGE_CHARS = 2_000
_MAX_STACKTRACE_CHARS = 16_000


def dead_letter(received: ReceivedRecord, group: str, error: Exception) -> Record:
    """The record for `dlq.events`: value, key and headers as they came, and why it is there."""
    stacktrace = "".join(traceback.format_exception(error))[-_MAX_STACKTRACE_CHARS:]
    reasons = {
        "original-topic": received.topic,
        "original-partition": str(received.partition),
        "original-offset": str(received.offset),
        "original-timestamp": str(received.timestamp_ms),
        "consumer-group": group,
        "exception-type": f"{type(error).__module__}.{type(error).__qualname__}",
        "exception-message": str(error)[:_MAX_MESSAGE_CHARS],
        "exception-stacktrace": stacktrace,
    }
    return Record(
        topic=Topic.DEAD_LETTERS,
        key=received.key,
        value=received.value,
        headers=[
            *received.headers,
            *((PREFIX + name, text.encode(errors="replace")) for name, text in reasons.items()),
        ],
    )


def is_letter_of(record: ReceivedRecord, group: str | None) -> bool:
    """Whether the record is a dead letter, of one consumer group or of any."""
    headers = dict(record.headers)
    if PREFIX + "original-topic" not in headers:
        return False
    return group is None or headers.get(PREFIX + "consumer-group") == group.encode()


def revived(letter: ReceivedRecord) -> Record:
    """The original record of a dead letter, for its original topic, with the same event id."""
    origin = dict(letter.headers)[PREFIX + "original-topic"].decode()
    kept = [(name, value) for name, value in letter.headers if not name.startswith(PREFIX)]
    return Record(topic=origin, key=letter.key, value=letter.value, headers=kept)
