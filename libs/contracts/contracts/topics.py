"""The topics of the event backbone."""

from enum import StrEnum


class Topic(StrEnum):
    """A topic; every record's key is a POI id."""

    POI = "poi.events"
    ASSET = "asset.events"
    VIDEO = "video.events"
    DEAD_LETTERS = "dlq.events"
