"""A film is spoken by the real SDK against a fake OpenAI: once, for every film of its script."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update

from app.db.models import SpeechClaimRow
from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.film.studio import FilmStudio
from app.integrations.openai_voice import OpenAIVoice
from app.services.voice import VoiceBooth
from common.openai import openai_client
from contracts.script import Script
from devstack.fakes.faults import Fault
from devstack.fakes.openai import FakeOpenAI
from tests.film.stage import TINY, listing, scene, script
from tests.support import ScriptedRenderer, Workshop, finish_all

_PATH = "/audio/speech"

SPOKEN = script(
    [
        scene(0, narration="Une villa à Uzès.", duration_s=3.0),
        scene(1, narration="", duration_s=1.0),
        scene(2, narration="Appelez l’Agence du Soleil. À bientôt.", duration_s=3.0),
    ]
).model_copy(update={"listing": listing()})


@pytest.fixture
async def booth(workshop: Workshop, openai_url: str) -> AsyncIterator[VoiceBooth]:
    client = openai_client(SecretStr("a-key"), openai_url)
    voice = OpenAIVoice(client, "gpt-4o-mini-tts", "marin", within_s=10)
    yield VoiceBooth(voice, workshop.storage, workshop.database)
    await client.close()


def _said(fake_openai: FakeOpenAI) -> list[str]:
    return sorted(each.json["input"] for each in fake_openai.requests(_PATH))


def _spoken(text: str) -> Script:
    """A script whose words no other test has had spoken: the storage outlives a test."""
    scenes = [
        each.model_copy(update={"narration": each.narration and f"{text} {each.narration}"})
        for each in SPOKEN.scenes
    ]
    return script(scenes).model_copy(update={"listing": listing()})


class Listener:
    """Remembers for how long each scene of a film is spoken."""

    def __init__(self) -> None:
        self.heard: list[dict[int, float]] = []

    async def __call__(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> None:
        self.heard.append({at: each.seconds for at, each in order.speech.items()})
        await finish_all(order, folder, store, watcher)


async def _manifest(client: httpx.AsyncClient, render_id: object) -> dict[str, Any]:
    manifest: dict[str, Any] = (await client.get(f"/renders/{render_id}/manifest")).json()
    return manifest


async def test_each_narration_is_bought_once_for_all_films_of_a_script(
    client: httpx.AsyncClient, workshop: Workshop, fake_openai: FakeOpenAI, booth: VoiceBooth
) -> None:
    listener, wanted = Listener(), _spoken("Une fois.")
    render = await workshop.order(wanted)
    await workshop.work(ScriptedRenderer(listener), booth=booth)
    bought = [each.narration for each in wanted.scenes if each.narration]
    assert _said(fake_openai) == sorted(bought)
    assert listener.heard == [
        {
            0: pytest.approx(len(bought[0]) / 15, abs=0.01),
            2: pytest.approx(len(bought[1]) / 15, abs=0.01),
        }
    ]
    voice = (await _manifest(client, render.id))["voice"]
    assert voice == {
        "provider": "openai",
        "model": "gpt-4o-mini-tts",
        "voice": "marin",
        "problem": None,
    }
    await client.post("/renders", json={"script_id": str(wanted.id), "aspect_ratio": "1:1"})
    await workshop.work(ScriptedRenderer(listener), booth=booth)
    assert listener.heard[1] == listener.heard[0]
    assert len(fake_openai.requests(_PATH)) == 2


async def test_an_unbranded_film_is_spoken_without_its_agency_and_a_silent_one_not_at_all(
    client: httpx.AsyncClient, workshop: Workshop, fake_openai: FakeOpenAI, booth: VoiceBooth
) -> None:
    wanted = _spoken("Sans agence.")
    await workshop.order(wanted)
    await workshop.work(ScriptedRenderer(), booth=booth)
    before, listener = len(fake_openai.requests(_PATH)), Listener()
    for cut in ({"branding": False}, {"sound": "none"}):
        await client.post("/renders", json={"script_id": str(wanted.id), **cut})
        await workshop.work(ScriptedRenderer(listener), booth=booth)
    assert [list(each) for each in listener.heard] == [[0], []]
    assert len(fake_openai.requests(_PATH)) == before


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(status=401, body={"error": {"code": "invalid_api_key"}}), "provider_key_refused"),
        (Fault(status=200, body="<html>", times=6), "provider_bad_answer"),
        (Fault(status=404, body="no such page"), "provider_misconfigured"),
    ],
)
async def test_a_provider_that_fails_costs_the_voice_and_not_the_film(
    client: httpx.AsyncClient,
    workshop: Workshop,
    fake_openai: FakeOpenAI,
    booth: VoiceBooth,
    *,
    fault: Fault,
    code: str,
) -> None:
    fake_openai.will(fault)
    listener = Listener()
    render = await workshop.order(_spoken(f"Ce sera muet: {code}."))
    await workshop.work(ScriptedRenderer(listener), booth=booth)
    assert (await client.get(f"/renders/{render.id}")).json()["status"] == "completed"
    assert listener.heard == [{}]
    assert (await _manifest(client, render.id))["voice"]["problem"]["code"] == code


async def test_films_that_are_made_at_the_same_moment_buy_each_text_once(
    workshop: Workshop, fake_openai: FakeOpenAI, booth: VoiceBooth, tmp_path: Path
) -> None:
    """Also when a film says the same twice."""
    scenes = [scene(at, narration="En même temps.") for at in range(2)]
    scenes.append(scene(2, narration="Et encore."))
    fake_openai.will(Fault(path=_PATH, delay_s=0.5, times=2))
    folders = [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        folder.mkdir()
    films = await asyncio.gather(*(booth.record(script(scenes), folder) for folder in folders))
    assert [sorted(film.speech) for film in films] == [[0, 1, 2]] * 4
    assert _said(fake_openai) == ["En même temps.", "Et encore."]


async def test_a_text_whose_speaker_failed_is_asked_for_by_the_next_film(
    fake_openai: FakeOpenAI, booth: VoiceBooth, tmp_path: Path
) -> None:
    wanted = script([scene(0, narration="Chacun son tour.")])
    fake_openai.will(Fault(path=_PATH, status=401, body={}, delay_s=0.3))
    films = await asyncio.gather(booth.record(wanted, tmp_path), booth.record(wanted, tmp_path))
    assert sorted(len(film.speech) for film in films) == [0, 1]
    assert len(fake_openai.requests(_PATH)) == 2


async def test_a_text_that_was_left_by_a_process_that_died_is_spoken_by_another(
    workshop: Workshop, fake_openai: FakeOpenAI, booth: VoiceBooth, tmp_path: Path
) -> None:
    fake_openai.will(Fault(path=_PATH, delay_s=60))
    wanted = script([scene(0, narration="Après un accident.")])
    dying = asyncio.create_task(booth.record(wanted, tmp_path))
    await asyncio.to_thread(fake_openai.wait_for, _PATH, 1)
    other = asyncio.create_task(booth.record(wanted, tmp_path))
    async with workshop.database.transaction() as tx:
        await tx.run(update(SpeechClaimRow).values(owner=uuid4(), expires_at=func.now()))
    async with asyncio.timeout(5):
        assert list((await other).speech) == [0]
    dying.cancel()
    async with workshop.database.connection() as queries:
        assert await queries.all(select(SpeechClaimRow.key)) == []


class TinyStudio:
    """The real studio with a small frame; keeps what it made."""

    film: Film

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        self.film = await FilmStudio().make(replace(order, frame=TINY), folder, store, watcher)
        return self.film


async def test_a_spoken_film_is_captioned_as_it_is_heard_and_says_what_spoke(
    workshop: Workshop, booth: VoiceBooth
) -> None:
    await workshop.order(_spoken("Bon."))
    studio = TinyStudio()
    await workshop.work(studio, booth=booth)
    assert "00:00:00.250 -->" in studio.film.captions
    assert "The voice is AI-generated." in studio.film.disclosures
