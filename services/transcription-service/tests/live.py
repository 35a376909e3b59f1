"""Transcribing with OpenAI: the real SDK, and a provider that is asked nothing twice."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from app.integrations.audio import ChildEar
from app.integrations.openai_recogniser import OpenAIRecogniser
from app.services import transcriptions
from app.services.piecewise import PiecewiseTranscriber
from app.services.ports import Transcriber
from common.openai import openai_client
from contracts.asset import Asset
from contracts.transcription import Transcription
from devstack.fakes.faults import Fault
from devstack.fakes.openai import FakeOpenAI
from tests.support import Bench

KEY = "sk-live-0123456789abcdef"
PATH = "/audio/transcriptions"
SAID = ("Bienvenue.", "Voici le séjour.", "La cuisine est ouverte.", "Et le jardin.")


@dataclass(frozen=True)
class Live:
    """The provider, and transcribers that ask it."""

    bench: Bench
    ear: ChildEar
    openai: FakeOpenAI
    openai_url: str

    @asynccontextmanager
    async def transcriber(self, **changes: Any) -> AsyncIterator[Transcriber]:
        """A transcriber as the service has it; a new one is what a restart makes."""
        settings = {"response_format": "json", "within_s": 10.0, "most_minutes": 10, **changes}
        most_minutes = settings.pop("most_minutes")
        model = settings.pop("model", "gpt-transcribe")
        client = openai_client(SecretStr(KEY), self.openai_url)
        recogniser = OpenAIRecogniser(client, model, **settings)
        yield PiecewiseTranscriber(recogniser, self.ear, most_minutes=most_minutes)
        await client.close()

    def says(self, *texts: str) -> None:
        """What the provider hears, piece by piece."""
        self.openai.will(*(Fault(path=PATH, say=text) for text in texts))

    @property
    def asked(self) -> int:
        """How many pieces the provider was sent."""
        return len(self.openai.requests(PATH))

    @property
    def pieces(self) -> list[bytes]:
        """The sound of each piece that the provider was sent."""
        bodies = [asked.body for asked in self.openai.requests(PATH)]
        return [body[body.index(b"RIFF") : body.rindex(b"\r\n--")] for body in bodies]

    def sent(self, at: int, field: str) -> str | None:
        """A field of one of its requests."""
        body = self.openai.requests(PATH)[at].body
        found = re.search(rb'name="' + field.encode() + rb'"\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
        return found and found[1].decode()

    async def start(self, asset: Asset) -> Transcription:
        """A transcription that waits for its worker."""
        async with self.bench.database.transaction() as tx:
            return await transcriptions.start(
                tx, self.bench.jobs, poi_id=asset.poi_id, asset_id=asset.id, provider="openai"
            )

    async def shown(self, started: Transcription) -> Transcription:
        """The transcription as the API shows it."""
        async with self.bench.database.connection() as queries:
            return await transcriptions.show(queries, started.id)
