"""script-service with OpenAI as its writer, and what the fake one is told to say."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from app.core.brief import ScriptBrief
from app.core.config import Settings
from app.core.director.director import direct
from app.main import build
from common.db import Database
from devstack import testing
from devstack.fakes.openai import FakeOpenAI
from tests.peers import Peers

KEY = "sk-live-0123456789abcdef"


@dataclass(frozen=True)
class Live:
    """The service with NLP_PROVIDER=openai, and the provider that it asks."""

    settings: Settings
    peers: Peers
    openai: FakeOpenAI
    openai_url: str

    @asynccontextmanager
    async def caller(self, **changes: Any) -> AsyncIterator["Caller"]:
        """A caller of the service, with other settings if wanted, on an empty database."""
        live = {
            "nlp_provider": "openai",
            "openai_api_key": SecretStr(KEY),
            "openai_base_url": self.openai_url,
            "openai_timeout_s": 10.0,
        }
        settings = self.settings.model_copy(update={**live, **changes})
        app = build(settings, network=self.peers.transport)
        async with testing.running(app), testing.caller(app) as client:
            yield Caller(client, self.peers, await testing.empty(app))


@dataclass(frozen=True)
class Caller:
    """Asks for scripts."""

    client: httpx.AsyncClient
    peers: Peers
    database: Database

    async def generate(self, told: ScriptBrief) -> httpx.Response:
        """The answer to an order of a script of the property in a brief."""
        self.peers.register(told.poi, *told.assets)
        order = {"language": told.order.language, "tone": told.order.tone.value}
        params = {"poi_id": str(told.poi.id), **order}
        return await self.client.post("/scripts/generate", params=params)


def words(brief: ScriptBrief, changes: Mapping[int, str] | None = None) -> dict[str, Any]:
    """What a model answers that keeps the drafts but for `changes` (narration by index)."""
    narrations = {scene.index: scene.narration for scene in direct(brief).scenes}
    narrations |= changes or {}
    return {"scenes": [{"index": at, "narration": text} for at, text in narrations.items()]}
