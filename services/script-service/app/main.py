"""The composition root of script-service."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI

from app.api.routers import scripts
from app.core.config import Settings
from app.integrations.director import LocalDirector
from app.integrations.handlers import event_handlers
from app.integrations.peers import AssetService, PoiService
from app.services.generating import ScriptGenerator
from app.services.ports import ScriptWriter
from app.services.viewing import Viewing
from common.app import Platform, Service, create_app
from common.db import Database
from common.http_client import PeerClient
from common.kafka.consumer import EventConsumer
from common.server import run

ROOT = Path(__file__).resolve().parent.parent

Close = Callable[[], Awaitable[None]]

CODES = {
    "poi_archived": "an archived POI gets no new script",
    "provider_failed": "the provider did not write the script, and NLP_FALLBACK is off",
    "script_not_grounded": "the script says what its property does not",
}


def build(settings: Settings, *, network: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """The app; nothing connects before it starts. `network` carries the calls to peers."""
    platform = Platform.of(settings)
    key = settings.api_keys[0]
    pois = PeerClient("poi-service", settings.poi_service_url, key, transport=network)
    assets = PeerClient("asset-service", settings.asset_service_url, key, transport=network)
    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=settings.service_name,
        database=platform.database,
        publisher=platform.publisher,
        handlers=event_handlers(),
    )
    providers = Providers.of(settings, platform.database, assets)
    generator = ScriptGenerator(
        database=platform.database,
        outbox=platform.outbox,
        properties=PoiService(pois),
        gallery=AssetService(assets),
        writer=providers.writer,
        fallback=LocalDirector() if settings.nlp_fallback else None,
        viewing=providers.viewing,
    )
    return create_app(
        platform,
        Service(
            title="script-service",
            root=ROOT,
            routers=[scripts.router],
            workers=[consumer],
            codes=CODES,
            on_close=[pois.close, assets.close, *providers.close],
            state={"generator": generator},
        ),
    )


@dataclass(frozen=True, slots=True)
class Providers:
    """Who writes, who looks at photos, and what to close at the end."""

    writer: ScriptWriter
    viewing: Viewing | None = None
    close: tuple[Close, ...] = ()

    @classmethod
    def of(cls, settings: Settings, database: Database, assets: PeerClient) -> "Providers":
        """What the settings ask for: the one place that knows every provider."""
        if settings.nlp_provider == "stub":
            return cls(LocalDirector())
        from app.integrations.openai_eye import OpenAIEye, PhotoBytes  # noqa: PLC0415 - as below
        from app.integrations.openai_model import OpenAIModel  # noqa: PLC0415 - as below
        from app.integrations.openai_writer import OpenAIWriter  # noqa: PLC0415 - as below
        from common.openai import openai_client  # noqa: PLC0415 - the SDK costs a second of start

        client = openai_client(settings.openai_api_key, settings.openai_base_url)
        model = OpenAIModel(
            client, settings.openai_model, reasoning_effort=settings.openai_reasoning_effort
        )
        writer = OpenAIWriter(model, within_s=settings.openai_timeout_s)
        if not settings.nlp_vision:
            return cls(writer, close=(client.close,))
        photos = PhotoBytes(assets, max_bytes=settings.max_upload_mb * 1024 * 1024)
        viewing = Viewing(
            database,
            lambda within_s: OpenAIEye(model, photos, within_s=within_s),
            settings.openai_vision_timeout_s,
        )
        return cls(writer, viewing, (client.close, photos.close))


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
