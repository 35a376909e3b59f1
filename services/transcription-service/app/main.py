"""The composition root of transcription-service."""

from pathlib import Path

from fastapi import FastAPI

from app.api.routers import transcriptions
from app.core.config import Settings
from app.core.transcriptions import MEANINGS
from app.integrations.assets import AssetService
from app.integrations.probe import ChildProbe
from app.integrations.stub import StubTranscriber
from app.services.transcribing import TranscriptionJob
from app.services.transcriptions import TRANSCRIPTION_JOB
from common.app import Platform, Service, create_app
from common.http_client import PeerClient
from common.jobs import Jobs
from common.server import run
from common.workers import JobWorker

ROOT = Path(__file__).resolve().parent.parent

CODES = {code.value: f"a failed transcription: {meaning}" for code, meaning in MEANINGS.items()}

#: Transcriptions of one process at a time.
_AT_A_TIME = 2


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    platform = Platform.of(settings)
    jobs = Jobs(platform.database)
    asset_service = PeerClient("asset-service", settings.asset_service_url, settings.api_keys[0])
    transcriber = StubTranscriber()  # the only one that settings allow in this version
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
            on_close=[asset_service.close, probe.close],
            state={"jobs": jobs, "provider": transcriber.provider},
        ),
    )


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
