"""What the tests of transcription-service share."""

import json
import shutil
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import imageio_ffmpeg  # type: ignore[import-untyped]
from sqlalchemy import select

from app.core.heard import Transcript
from app.core.transcriptions import FailureCode, TranscriptionError
from app.integrations.stub import StubTranscriber
from app.services.ports import AssetSource, MediaProbe, Notes, Recording, Transcriber
from app.services.transcribing import TranscriptionJob
from app.services.transcriptions import TRANSCRIPTION_JOB
from common.clock import utc_now
from common.correlation import bound_correlation_id
from common.db import Database
from common.ids import new_id
from common.jobs import ClaimedJob, Jobs
from common.models import OutboxRow
from common.outbox import Outbox
from contracts.asset import Asset, AssetType, ContentStatus, Room
from contracts.transcription import Segment

LEASE = timedelta(seconds=30)
EXPIRED = timedelta(seconds=-1)


def make_asset(
    poi_id: UUID,
    asset_type: AssetType = AssetType.VIDEO,
    content: ContentStatus = ContentStatus.AVAILABLE,
) -> Asset:
    now = utc_now()
    return Asset(
        id=new_id(),
        poi_id=poi_id,
        name="visite.mp4",
        asset_type=asset_type,
        file_path=None,
        mime_type=None,
        room=Room.OTHER,
        position=None,
        metadata={},
        content_status=content,
        size_bytes=None,
        sha256=None,
        width=None,
        height=None,
        duration_s=None,
        created_at=now,
        updated_at=now,
    )


@dataclass
class Shelf:
    """An AssetSource on local files."""

    assets: dict[UUID, Asset] = field(default_factory=dict)
    files: dict[UUID, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, asset: Asset, file: Path | None = None) -> Self:
        return cls({asset.id: asset}, {asset.id: file} if file else {})

    async def get(self, asset_id: UUID) -> Asset:
        if asset_id not in self.assets:
            raise TranscriptionError(FailureCode.ASSET_NOT_FOUND, f"there is no asset {asset_id}")
        return self.assets[asset_id]

    async def fetch(self, asset_id: UUID, target: Path) -> bool:
        if asset_id not in self.files:
            return False
        shutil.copy(self.files[asset_id], target)
        return True


class AskedForContent:
    """A Transcriber like the live ones: it has nothing to say of an asset without content."""

    provider = "fake"

    def check_ready(self) -> None:
        """Always."""

    async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
        if recording is None:
            raise TranscriptionError(FailureCode.CONTENT_MISSING, "the asset has no content")
        await notes.progress(0.5)
        segments = (Segment(start_s=0, end_s=recording.duration_s, text="Bienvenue."),)
        return Transcript(language="fr", text="Bienvenue.", segments=segments)


@dataclass(frozen=True)
class Bench:
    """Takes the jobs of transcriptions, as the worker does."""

    database: Database
    jobs: Jobs
    probe: MediaProbe

    async def claim(self, lease: timedelta = LEASE) -> ClaimedJob:
        job = await self.jobs.claim([TRANSCRIPTION_JOB], lease)
        assert job is not None
        return job

    async def run(
        self, job: ClaimedJob, assets: AssetSource, transcriber: Transcriber | None = None
    ) -> None:
        with bound_correlation_id(job.correlation_id):
            await self.work(assets, transcriber).run(job)

    async def run_next(self, assets: AssetSource, transcriber: Transcriber | None = None) -> None:
        await self.run(await self.claim(), assets, transcriber)

    def work(self, assets: AssetSource, transcriber: Transcriber | None = None) -> TranscriptionJob:
        return TranscriptionJob(assets, self.probe, transcriber or StubTranscriber(), Outbox())

    async def events(self) -> list[dict[str, Any]]:
        """The envelopes in the outbox, oldest first."""
        async with self.database.connection() as queries:
            rows = await queries.all(select(OutboxRow.value).order_by(OutboxRow.id))
        return [json.loads(bytes(row["value"])) for row in rows]

    async def idle(self) -> bool:
        """Whether no job waits."""
        return await self.jobs.claim([TRANSCRIPTION_JOB], LEASE) is None


@dataclass(frozen=True)
class Recordings:
    """Real media: 21 s of silence, 15 s of video with something like speech (four sounds of 3 s,
    a second of silence after each but the last), 3 s of video with and without sound, no media.
    """

    audio: Path
    speech: Path
    video: Path
    silent_video: Path
    cut_video: Path
    text: Path

    @classmethod
    def made_in(cls, folder: Path) -> Self:
        recordings = cls(
            *(folder / name for name in ("a.wav", "speech.mp4", "v.mp4", "silent.mp4")),
            *(folder / name for name in ("cut.mp4", "text.mp4")),
        )
        with wave.open(str(recordings.audio), "wb") as audio:
            audio.setnchannels(1)
            audio.setsampwidth(2)
            audio.setframerate(8000)
            audio.writeframes(bytes(2 * 8000 * 21))
        picture = ("-f", "lavfi", "-i", "testsrc=d=3:s=160x120:r=10")
        _ffmpeg(*picture, "-f", "lavfi", "-i", "sine=d=3", str(recordings.video))
        _ffmpeg(*picture, str(recordings.silent_video))
        voice = "aevalsrc=0.3*sin(2*PI*(300+90*floor(t/4))*t)*lt(mod(t\\,4)\\,3):d=15"
        tour = ("-f", "lavfi", "-i", "testsrc=d=15:s=160x120:r=5")
        _ffmpeg(*tour, "-f", "lavfi", "-i", voice, str(recordings.speech))
        recordings.cut_video.write_bytes(recordings.video.read_bytes()[:3000])
        recordings.text.write_bytes(b"no media at all\n" * 100)
        return recordings


def _ffmpeg(*arguments: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *arguments], check=True)


Media = Callable[[Recordings], Path]
