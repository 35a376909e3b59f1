"""Says all kinds of things, as a service does: `python -m tests.talkative`."""

import logging
import os

import structlog

from common.config import ServiceSettings, load_settings
from common.correlation import bound_correlation_id
from common.logging import configure_logging


class Settings(ServiceSettings):
    """Those of a service that only talks."""

    service_name: str = "talkative"
    port: int = 8000
    postgres_db: str = "none"


def main() -> None:
    configure_logging(load_settings(Settings))
    key, password = os.environ["API_KEY"].split(",")[1], os.environ["POSTGRES_PASSWORD"]
    logger = structlog.get_logger("talkative")
    with bound_correlation_id("from-the-request"):
        logger.info("something_happened", count=3, place="Besançon")
    logger.debug("details")
    logger.warning("in_a_value", reason=f"{key} was refused")
    logger.warning("in_a_tree", request={"headers": [{"Authorization": "Bearer abc"}, key]})
    logger.warning("in_bytes", body=f"password={password}".encode())
    logger.warning("by_its_name", openai_api_key="whatever", lease_token="whatever")
    try:
        int(f"cannot connect with {password}")
    except ValueError as error:
        logger.error("in_a_traceback", exc_info=error)
    logger.info("asked_for", path="/\x1b[2J\x9b31m")
    logging.getLogger("a.library").warning("connecting with %s", password)
    logging.getLogger("httpx").info("GET https://example.com")
    logger.info("at_the_database", host="postgres")


if __name__ == "__main__":
    main()
