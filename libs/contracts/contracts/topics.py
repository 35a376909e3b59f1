"""The topics of the event backbone, and the headers of dead letters."""

from enum import StrEnum


class Topic(StrEnum):
    """A topic; every record's key is a POI id."""

    POI = "poi.events"
    ASSET = "asset.events"
    VIDEO = "video.events"
    DEAD_LETTERS = "dlq.events"


class DeadLetterHeader(StrEnum):
    """What a dead letter says besides its original headers: UTF-8, numbers as decimal text."""

    ORIGINAL_TOPIC = "dlq-original-topic"
    ORIGINAL_PARTITION = "dlq-original-partition"
    ORIGINAL_OFFSET = "dlq-original-offset"
    ORIGINAL_TIMESTAMP = "dlq-original-timestamp"
    CONSUMER_GROUP = "dlq-consumer-group"
    EXCEPTION_TYPE = "dlq-exception-type"
    EXCEPTION_MESSAGE = "dlq-exception-message"
    EXCEPTION_STACKTRACE = "dlq-exception-stacktrace"
