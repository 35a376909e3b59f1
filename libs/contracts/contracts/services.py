"""The services of the platform."""

from enum import StrEnum


class ServiceName(StrEnum):
    """What a service is called: in consumer groups, hosts and logs."""

    POI = "poi-service"
    ASSET = "asset-service"
    SCRIPT = "script-service"
    TRANSCRIPTION = "transcription-service"
    RENDER = "render-service"
