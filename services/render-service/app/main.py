"""The composition root of render-service."""

import os
from pathlib import Path

from fastapi import FastAPI

from app.api.routers import films, renders
from app.core.config import Settings
from app.film.studio import FilmStudio
from app.integrations.handlers import event_handlers
from app.integrations.photos import AssetPhotos
from app.services.filming import FilmJob
from app.services.ordering import FILM_JOB
from common.app import Platform, Service, create_app
from common.http_client import PeerClient
from common.jobs import Jobs
from common.kafka.consumer import EventConsumer
from common.server import run
from common.storage import Storage
from common.workers import JobWorker

ROOT = Path(__file__).resolve().parent.parent

CODES = {
    "render_finished": "only a render that is queued or running can be cancelled",
    "render_not_completed": "there is no film yet",
    "render_not_failed": "only a failed render can be tried again",
    "scene_not_completed": "there is no clip of the scene yet",
    "scene_outcome_unknown": "a paid call's answer was lost; a person has to resolve it first",
    "script_not_found": "the script's event has not arrived here",
}

#: Renderers of one film at a time; each keeps about one core busy.
_MOST_CHILDREN = 4


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    platform = Platform.of(settings)
    jobs = Jobs(platform.database)
    storage = Storage.at(settings.storage_url)
    asset_service = PeerClient("asset-service", settings.asset_service_url, settings.api_keys[0])
    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=settings.service_name,
        database=platform.database,
        publisher=platform.publisher,
        handlers=event_handlers(jobs, settings.render_profile),
    )
    film_job = FilmJob(
        renderer=FilmStudio(
            children=min(os.cpu_count() or 1, _MOST_CHILDREN),
            max_megapixels=settings.max_image_megapixels,
        ),
        photos=AssetPhotos(asset_service, max_bytes=settings.max_photo_bytes),
        storage=storage,
        outbox=platform.outbox,
    )
    return create_app(
        platform,
        Service(
            title="render-service",
            root=ROOT,
            routers=[renders.router, films.router],
            workers=[consumer, JobWorker(jobs, {FILM_JOB: film_job})],
            codes=CODES,
            on_close=[asset_service.close],
            state={
                "jobs": jobs,
                "storage": storage,
                "default_profile": settings.render_profile,
            },
        ),
    )


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
