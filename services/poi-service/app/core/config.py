"""Settings of poi-service: the shared ones, and its own defaults."""

from common.config import ServiceSettings


class Settings(ServiceSettings):
    """SPEC §6."""

    service_name: str = "poi-service"
    port: int = 8001
    postgres_db: str = "poi_service"
