"""The composition root of poi-service."""

from pathlib import Path

from fastapi import FastAPI

from app.api.routers import pois
from app.core.config import Settings
from common.app import Platform, Service, create_app
from common.server import run

ROOT = Path(__file__).resolve().parent.parent

CODES = {
    "invalid_transition": "the workflow does not allow this step",
    "poi_archived": "an archived POI is read-only",
}


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    return create_app(
        Platform.of(settings),
        Service(title="poi-service", root=ROOT, routers=[pois.router], codes=CODES),
    )


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
