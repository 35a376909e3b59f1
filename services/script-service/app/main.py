"""The composition root of script-service."""

from collections.abc import Awaitable, Callable
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
from common.app import Platform, Service, create_app
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
    writer, close_writer = script_writer(settings)
    generator = ScriptGenerator(
        database=platform.database,
        outbox=platform.outbox,
        properties=PoiService(pois),
        gallery=AssetService(assets),
        writer=writer,
        fallback=LocalDirector() if settings.nlp_fallback else None,
    )
    return create_app(
        platform,
        Service(
            title="script-service",
            root=ROOT,
            routers=[scripts.router],
            workers=[consumer],
            codes=CODES,
            on_close=[pois.close, assets.close, *close_writer],
            state={"generator": generator},
        ),
    )


def script_writer(settings: Settings) -> tuple[ScriptWriter, list[Close]]:
    """Who writes, and what to close at the end: the one place that knows every provider."""
    if settings.nlp_provider == "stub":
        return LocalDirector(), []
    from app.integrations.openai_model import OpenAIModel  # noqa: PLC0415 - the SDK costs a second
    from app.integrations.openai_writer import OpenAIWriter  # noqa: PLC0415 - likewise
    from common.openai import openai_client  # noqa: PLC0415 - likewise

    client = openai_client(settings.openai_api_key, settings.openai_base_url)
    model = OpenAIModel(
        client, settings.openai_model, reasoning_effort=settings.openai_reasoning_effort
    )
    return OpenAIWriter(model, within_s=settings.openai_timeout_s), [client.close]


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
