"""Promise 4, and one terminal event for each job, whatever happens to its workers."""

from pathlib import Path
from uuid import UUID

import pytest

from app.core.heard import Transcript
from app.core.transcriptions import FailureCode, TranscriptionError
from app.db import repository
from app.services import transcriptions
from app.services.ports import Notes, Recording
from common.correlation import bound_correlation_id
from common.db import Database
from common.errors import DependencyUnavailable
from common.ids import new_id
from common.jobs import LeaseLost
from contracts.asset import Asset, AssetType, ContentStatus
from contracts.base import Problem
from contracts.transcription import Transcription, TranscriptionStatus
from tests.support import EXPIRED, AskedForContent, Bench, Media, Recordings, Shelf, make_asset


async def start(bench: Bench, asset: Asset, poi_id: UUID | None = None) -> Transcription:
    with bound_correlation_id("from-the-request"):
        async with bench.database.transaction() as tx:
            return await transcriptions.start(
                tx, bench.jobs, poi_id=poi_id or asset.poi_id, asset_id=asset.id, provider="stub"
            )


async def shown(database: Database, started: Transcription) -> Transcription:
    async with database.connection() as queries:
        return await transcriptions.show(queries, started.id)


async def assert_failed(bench: Bench, started: Transcription, code: str) -> None:
    failed = await shown(bench.database, started)
    assert failed.status is TranscriptionStatus.FAILED
    assert failed.error is not None
    assert failed.error.code == code
    assert failed.completed_at is not None
    (event,) = await bench.events()
    assert event["event_type"] == "transcription.failed"
    assert event["correlation_id"] == "from-the-request"
    assert event["payload"] == failed.model_dump(mode="json")
    assert await bench.idle()


async def test_a_completed_transcription_is_told_once_as_the_api_shows_it(
    bench: Bench, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    await bench.run_next(Shelf.of(asset, recordings.video), AskedForContent())
    done = await shown(bench.database, started)
    assert (done.text, done.language, done.progress) == ("Bienvenue.", "fr", 100)
    assert done.segments[0].end_s == pytest.approx(3, abs=0.1)
    (event,) = await bench.events()
    assert event["event_type"] == "transcription.completed"
    assert event["correlation_id"] == "from-the-request"
    assert event["payload"] == done.model_dump(mode="json")
    assert await bench.idle()


async def test_an_unknown_asset_fails(bench: Bench) -> None:
    started = await start(bench, make_asset(new_id()))
    await bench.run_next(Shelf())
    await assert_failed(bench, started, "asset_not_found")


async def test_another_pois_asset_fails(bench: Bench, recordings: Recordings) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset, poi_id=new_id())
    await bench.run_next(Shelf.of(asset, recordings.video))
    await assert_failed(bench, started, "asset_poi_mismatch")


@pytest.mark.parametrize("asset_type", [AssetType.PHOTO, AssetType.PLAN, AssetType.DOCUMENT])
async def test_what_has_no_sound_by_its_type_fails(bench: Bench, asset_type: AssetType) -> None:
    asset = make_asset(new_id(), asset_type)
    started = await start(bench, asset)
    await bench.run_next(Shelf.of(asset))
    await assert_failed(bench, started, "asset_not_transcribable")


MEDIA: list[tuple[Media, str]] = [
    (lambda r: r.silent_video, "no_audio_track"),
    (lambda r: r.text, "media_unreadable"),
    (lambda r: r.cut_video, "media_unreadable"),
]


@pytest.mark.parametrize(("media", "code"), MEDIA)
async def test_media_that_cannot_be_listened_to_fails(
    bench: Bench, recordings: Recordings, media: Media, code: str
) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    await bench.run_next(Shelf.of(asset, media(recordings)))
    await assert_failed(bench, started, code)


@pytest.mark.parametrize("content", ContentStatus)
async def test_the_stub_completes_an_asset_without_content_and_says_so(
    bench: Bench, content: ContentStatus
) -> None:
    asset = make_asset(new_id(), content=content)
    started = await start(bench, asset)
    await bench.run_next(Shelf.of(asset))
    done = await shown(bench.database, started)
    assert done.status is TranscriptionStatus.COMPLETED
    assert done.text is not None
    assert "no content yet" in done.text
    assert done.segments == ()


async def test_other_providers_fail_an_asset_without_content(bench: Bench) -> None:
    asset = make_asset(new_id(), content=ContentStatus.MISSING)
    started = await start(bench, asset)
    await bench.run_next(Shelf.of(asset), AskedForContent())
    await assert_failed(bench, started, "content_missing")


class Watching(AskedForContent):
    """A Transcriber that notes the progress that users see while it works."""

    def __init__(self, database: Database, started: Transcription) -> None:
        self._database = database
        self._started = started
        self.progress: list[int] = []

    async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
        assert recording is not None
        for share in (0.0, 0.5, 1.0):
            await notes.progress(share)
            seen = await shown(self._database, self._started)
            assert seen.status is TranscriptionStatus.RUNNING
            self.progress.append(seen.progress)
        return Transcript(language=None, text="…", segments=())


async def test_progress_moves_while_it_works(bench: Bench, recordings: Recordings) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    watching = Watching(bench.database, started)
    await bench.run_next(Shelf.of(asset, recordings.video), watching)
    assert watching.progress == [50, 74, 99]


class Down(Shelf):
    """asset-service when it is down."""

    async def get(self, asset_id: UUID) -> Asset:
        raise DependencyUnavailable(f"asset-service cannot be reached for {asset_id}")


async def test_asset_service_down_is_never_a_failure(bench: Bench, recordings: Recordings) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    for _ in range(10):
        job = await bench.claim(EXPIRED)
        with pytest.raises(DependencyUnavailable):
            await bench.run(job, Down())
    assert (await shown(bench.database, started)).status is TranscriptionStatus.RUNNING
    assert await bench.events() == []
    await bench.run_next(Shelf.of(asset, recordings.video))
    assert (await shown(bench.database, started)).status is TranscriptionStatus.COMPLETED


async def test_the_next_worker_takes_over_from_one_that_died(
    bench: Bench, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    assets = Shelf.of(asset, recordings.video)
    dead = await bench.claim(EXPIRED)
    await bench.run_next(assets)
    with pytest.raises(LeaseLost):
        await bench.run(dead, assets)
    assert (await shown(bench.database, started)).status is TranscriptionStatus.COMPLETED
    assert len(await bench.events()) == 1


class Overtaken(AskedForContent):
    """A slow Transcriber: while it works, another worker does the whole job."""

    def __init__(self, bench: Bench, assets: Shelf) -> None:
        self._bench = bench
        self._assets = assets

    async def transcribe(
        self, recording: Recording | None, notes: Notes  # noqa: ARG002 - the Protocol's
    ) -> Transcript:
        await self._bench.run_next(self._assets, AskedForContent())
        return Transcript(language="en", text="too late", segments=())


async def test_a_worker_that_was_overtaken_writes_nothing(
    bench: Bench, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    assets = Shelf.of(asset, recordings.video)
    slow = await bench.claim(EXPIRED)
    with pytest.raises(LeaseLost):
        await bench.run(slow, assets, Overtaken(bench, assets))
    assert (await shown(bench.database, started)).text == "Bienvenue."
    assert [e["event_type"] for e in await bench.events()] == ["transcription.completed"]


async def test_a_job_that_is_given_up_fails_and_says_why(bench: Bench) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    job = await bench.claim()
    problem = Problem(code="attempts_exhausted", detail="the worker died 4 times")
    with bound_correlation_id(job.correlation_id):
        await bench.work(Shelf()).give_up(job, problem)
    await assert_failed(bench, started, "attempts_exhausted")


async def test_a_finished_transcription_is_not_done_again(
    bench: Bench, recordings: Recordings
) -> None:
    asset = make_asset(new_id())
    started = await start(bench, asset)
    await bench.run_next(Shelf())
    async with bench.database.transaction() as tx:
        await bench.jobs.enqueue(tx, "transcription", started.id, {})
    await bench.run_next(Shelf.of(asset, recordings.video))
    await assert_failed(bench, started, "asset_not_found")


async def test_nothing_is_left_on_disk(
    bench: Bench, recordings: Recordings, tmp_path: Path
) -> None:
    asset = make_asset(new_id())
    await start(bench, asset)
    folders: list[Path] = []

    class Noting(AskedForContent):
        async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
            assert recording is not None
            await notes.progress(0.1)
            folders.append(recording.file.parent)
            raise TranscriptionError(FailureCode.INTERNAL_ERROR, "it broke")

    await bench.run_next(Shelf.of(asset, recordings.video), Noting())
    assert [folder.exists() for folder in folders] == [False]


async def test_rows_hold_what_the_contract_says(bench: Bench) -> None:
    started = await start(bench, make_asset(new_id()))
    async with bench.database.connection() as queries:
        assert await repository.get(queries, started.id) == started
