"""The voice-over of a film: what its scenes say, spoken once and kept.

Speech is kept under what makes it sound as it does (its words, their language, who speaks), for all
renders together: another format, another cut or a second try pays for none of it again. Films that
are made at the same moment, here or by other replicas, have a text spoken by the first of them; the
others wait for it.
"""

import asyncio
import hashlib
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import structlog

from app.db import speech_claims
from app.film.voicing import Speech
from common.db import Database
from common.providers import ProviderError
from common.storage import Storage
from common.tasks import side_by_side
from contracts.base import Problem
from contracts.script import Language, Script

logger = structlog.get_logger(__name__)

#: Scenes that are spoken at the same time.
_AT_ONCE = 4

#: How often a film looks whether what another has spoken is there, in seconds.
_LOOK_EVERY_S = 0.3

#: For keeping what was spoken, beside the time that speaking may take.
_KEEPING = timedelta(seconds=60)


class VoiceSynthesizer(Protocol):
    """Speaks; `provider`, `model` and `voice` tell who. A text takes at most `within_s` seconds."""

    provider: str
    model: str
    voice: str
    within_s: float

    async def speak(self, text: str, language: Language) -> bytes:
        """The text as a WAV. Raises ProviderError."""


@dataclass(frozen=True, slots=True)
class VoiceOver:
    """Speech by position of its scene; a `problem` says why there is none."""

    speech: dict[int, Speech]
    problem: Problem | None = None


class VoiceBooth:
    """Has scripts spoken, by a synthesizer and a shelf of all that it ever said."""

    def __init__(self, synthesizer: VoiceSynthesizer, storage: Storage, database: Database) -> None:
        self.synthesizer = synthesizer
        self._storage = storage
        self._database = database
        self._lease = timedelta(seconds=synthesizer.within_s) + _KEEPING

    async def record(self, script: Script, folder: Path) -> VoiceOver:
        """Every narration of a script. A provider that fails costs the film its voice: nothing more
        is asked of it, and what it is busy with is kept.

        Raises DependencyUnavailable when the storage or the database is away.
        """
        turns = asyncio.Semaphore(_AT_ONCE)
        speech: dict[int, Speech] = {}
        failures: list[ProviderError] = []

        async def say(position: int, text: str) -> None:
            async with turns:
                if failures:
                    return
                try:
                    target = folder / f"speech-{position}.wav"
                    speech[position] = await self._say(text, script.language, target)
                except ProviderError as reason:
                    failures.append(reason)

        async with side_by_side() as tasks:
            for position, scene in enumerate(script.scenes):
                if text := scene.narration.strip():
                    tasks.create_task(say(position, text))
        if not failures:
            return VoiceOver(speech)
        reason = failures[0]
        logger.warning("voice_missing", code=reason.fault, reason=reason.detail)
        return VoiceOver({}, Problem(code=reason.fault, detail=reason.advice))

    async def _say(self, text: str, language: Language, target: Path) -> Speech:
        key = self._key(text, language)
        while not await self._storage.fetch(key, target):
            async with self._claim(key) as is_ours:
                if not is_ours:
                    await asyncio.sleep(_LOOK_EVERY_S)
                elif not await self._storage.fetch(key, target):  # another may just have kept it
                    wav = await self.synthesizer.speak(text, language)
                    await asyncio.to_thread(target.write_bytes, wav)
                    await self._storage.put_file(key, target)
        return Speech(file=target, seconds=await asyncio.to_thread(_seconds, target))

    @asynccontextmanager
    async def _claim(self, key: str) -> AsyncIterator[bool]:
        """Whether the text is ours to have spoken during the block."""
        owner = uuid4()
        async with self._database.connection() as queries:
            is_ours = await speech_claims.take(queries, key, owner, self._lease)
        try:
            yield is_ours
        finally:
            if is_ours:
                async with self._database.connection() as queries:
                    await speech_claims.let_go(queries, key, owner)

    def _key(self, text: str, language: Language) -> str:
        who = self.synthesizer
        said = json.dumps([who.provider, who.model, who.voice, language, text])
        return f"speech/{hashlib.sha256(said.encode()).hexdigest()}.wav"


def _seconds(file: Path) -> float:
    with wave.open(str(file)) as sound:
        return float(sound.getnframes() / sound.getframerate())
