"""The composition root of render-service."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from app.api.routers import films, ledger, renders
from app.core.config import Settings
from app.film.lab import Lab
from app.film.studio import FilmStudio
from app.integrations.handlers import event_handlers
from app.integrations.photos import AssetPhotos
from app.services.clips import ClipsJob
from app.services.filming import FilmJob
from app.services.gate import Gate, Pace
from app.services.ledger import Ledger
from app.services.location import Location
from app.services.ordering import CLIPS_JOB, FILM_JOB
from app.services.voice import VoiceBooth, VoiceSynthesizer
from common.app import Platform, Service, create_app
from common.background import Background
from common.http_client import PeerClient
from common.jobs import Jobs
from common.kafka.consumer import EventConsumer
from common.server import run
from common.storage import Storage
from common.workers import JobWorker

if TYPE_CHECKING:
    from app.integrations.runway import Runway

ROOT = Path(__file__).resolve().parent.parent

CODES = {
    "asset_unfit": "the asset is no picture of the property that the scene could show",
    "narration_too_long": "more words than can be said while the scene lasts",
    "render_finished": "only a render that is queued or running can be cancelled",
    "render_not_completed": "there is no film yet, or it is being made again",
    "render_not_failed": "only a failed render can be tried again",
    "provider_not_configured": "RUNWAY_MODE=stub: the provider cannot be asked",
    "provider_task_not_found": "the provider knows no such task",
    "scene_not_completed": "there is no clip of the scene yet",
    "scene_not_unknown": "only a scene whose paid outcome is unknown can be resolved",
    "scene_shows_no_photo": "the scene is a drawn card, without a photo to show or to move over",
    "scene_was_bought": "a bought clip is not bought again: only the words over it can be changed",
    "scene_outcome_unknown": "a paid call's answer was lost; a person has to resolve it first",
    "script_not_found": "the script's event has not arrived here",
    "script_unfilmable": "the script has no scenes, or too short ones",
    "task_already_recorded": "the task is another attempt's",
}

#: Renderers of one film at a time; each keeps about one core busy.
_MOST_CHILDREN = 4


#: Renders whose clips take a turn at the same time; a turn mostly waits for answers.
_TURNS_AT_A_TIME = 16


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    platform = Platform.of(settings)
    jobs = Jobs(platform.database)
    storage = Storage.at(settings.storage_url)
    asset_service = PeerClient("asset-service", settings.asset_service_url, settings.api_keys[0])
    photos = AssetPhotos(asset_service, max_bytes=settings.max_photo_bytes)
    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=settings.service_name,
        database=platform.database,
        publisher=platform.publisher,
        handlers=event_handlers(jobs, settings.render_profile, settings.runway_mode),
    )
    voice, close_voice = _voice(settings)
    film_job = FilmJob(
        renderer=FilmStudio(
            children=min(os.cpu_count() or 1, _MOST_CHILDREN),
            max_megapixels=settings.max_image_megapixels,
        ),
        photos=photos,
        storage=storage,
        outbox=platform.outbox,
        booth=None if voice is None else VoiceBooth(voice, storage, platform.database),
    )
    workers: list[Background] = [consumer, JobWorker(jobs, {FILM_JOB: film_job})]
    on_close = [asset_service.close, close_voice]
    provider = _provider(settings)
    if provider is not None:
        location = _location(settings, platform, jobs, provider, photos=photos, storage=storage)
        clips_job = ClipsJob(location, platform.database, jobs, platform.outbox)
        workers.append(
            JobWorker(
                jobs, {CLIPS_JOB: clips_job}, name="clips-worker", concurrency=_TURNS_AT_A_TIME
            )
        )
        on_close.append(provider.close)
    return create_app(
        platform,
        Service(
            title="render-service",
            root=ROOT,
            routers=[ledger.router, renders.router, films.router],
            workers=workers,
            codes=CODES,
            on_close=on_close,
            state={
                "jobs": jobs,
                "storage": storage,
                "assets": photos,
                "default_profile": settings.render_profile,
                "default_mode": settings.runway_mode,
                "terms": settings.live_terms,
                "provider": provider,
            },
        ),
    )


def _voice(settings: Settings) -> tuple[VoiceSynthesizer | None, Callable[[], Awaitable[None]]]:
    """Who speaks in films, if anybody does, and how that ends."""
    if settings.voice_provider == "none":
        return None, _nothing
    from app.integrations.openai_voice import (  # noqa: PLC0415 - the SDK costs a second
        OpenAIVoice,
    )
    from common.openai import openai_client  # noqa: PLC0415 - likewise

    client = openai_client(settings.openai_api_key, settings.openai_base_url)
    voice = OpenAIVoice(
        client,
        settings.openai_voice_model,
        settings.openai_voice,
        within_s=settings.openai_voice_timeout_s,
    )
    return voice, client.close


async def _nothing() -> None:
    """Closes nothing."""


def _provider(settings: Settings) -> "Runway | None":
    """Whom clips are bought from; None in stub mode."""
    if settings.runway_mode == "stub":
        return None
    from app.integrations.runway import Runway  # noqa: PLC0415 - its SDK takes a second to import

    return Runway(
        api_key=settings.runway_api_key.get_secret_value().strip(),
        base_url=settings.runwayml_base_url,
        create_timeout_s=settings.runway_create_timeout_s,
    )


def _location(
    settings: Settings,
    platform: Platform,
    jobs: Jobs,
    provider: "Runway",
    *,
    photos: AssetPhotos,
    storage: Storage,
) -> Location:
    """What clips are bought with."""
    pace, terms, database = Pace(), settings.live_terms, platform.database
    return Location(
        provider=provider,
        photos=photos,
        lab=Lab(max_megapixels=settings.max_image_megapixels),
        storage=storage,
        ledger=Ledger(database, jobs, platform.outbox, terms),
        gate=Gate(database, provider, terms.model, pace),
        terms=terms,
        pace=pace,
    )


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
