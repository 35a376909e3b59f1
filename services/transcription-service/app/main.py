"""The composition root of transcription-service."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI

from app.api.routers import transcriptions
from app.core.config import Settings
from app.core.transcriptions import MEANINGS
from app.integrations.assets import AssetService
from app.integrations.audio import ChildEar
from app.integrations.local_recogniser import LocalRecogniser
from app.integrations.probe import ChildProbe
from app.integrations.stub import StubTranscriber
from app.services.piecewise import PiecewiseTranscriber
from app.services.ports import Recogniser, Transcriber
from app.services.transcribing import TranscriptionJob
from app.services.transcriptions import TRANSCRIPTION_JOB
from common.app import Platform, Service, create_app
from common.http_client import PeerClient
from common.jobs import Jobs
from common.server import run
from common.workers import JobWorker

ROOT = Path(__file__).resolve().parent.parent

Close = Callable[[], Awaitable[None]]

CODES = {code.value: f"a failed transcription: {meaning}" for code, meaning in MEANINGS.items()}

#: Transcriptions of one process at a time.
_AT_A_TIME = 2


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    platform = Platform.of(settings)
    jobs = Jobs(platform.database)
    asset_service = PeerClient("asset-service", settings.asset_service_url, settings.api_keys[0])
    transcriber, close_transcriber = transcriber_of(settings)
    probe = ChildProbe(_AT_A_TIME)
    transcription_job = TranscriptionJob(
        assets=AssetService(asset_service, max_bytes=settings.max_recording_bytes),
        probe=probe,
        transcriber=transcriber,
        outbox=platform.outbox,
    )
    worker = JobWorker(jobs, {TRANSCRIPTION_JOB: transcription_job}, concurrency=_AT_A_TIME)
    return create_app(
        platform,
        Service(
            title="transcription-service",
            root=ROOT,
            routers=[transcriptions.router],
            workers=[worker],
            codes=CODES,
            on_close=[asset_service.close, probe.close, *close_transcriber],
            state={"jobs": jobs, "provider": transcriber.provider},
        ),
    )


def transcriber_of(settings: Settings) -> tuple[Transcriber, list[Close]]:
    """Who listens, and what to close at the end: the one place that knows every provider."""
    if settings.stt_provider == "stub":
        return StubTranscriber(), []
    recogniser, close = _recogniser(settings)
    ear = ChildEar(_AT_A_TIME)
    transcriber = PiecewiseTranscriber(recogniser, ear, most_minutes=settings.stt_max_minutes)
    return transcriber, [ear.close, close]


def _recogniser(settings: Settings) -> tuple[Recogniser, Close]:
    if settings.stt_local_model is not None and settings.stt_provider == "local":
        local = LocalRecogniser(settings.stt_local_model, threads=settings.stt_local_threads)
        return local, local.close
    from app.integrations.openai_recogniser import (  # noqa: PLC0415 - the SDK costs a second
        OpenAIRecogniser,
    )
    from common.openai import openai_client  # noqa: PLC0415 - likewise

    client = openai_client(settings.openai_api_key, settings.openai_base_url)
    live = OpenAIRecogniser(
        client,
        settings.openai_stt_model,
        response_format=settings.openai_stt_format,
        within_s=settings.openai_timeout_s,
    )
    return live, client.close


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
