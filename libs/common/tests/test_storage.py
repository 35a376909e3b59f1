"""Bytes under keys: the same claims hold of a folder and of a bucket, each for real."""

import os
from pathlib import Path

import pytest

from common.config import BadSetting
from common.errors import DependencyUnavailable, NotFoundError
from common.storage import Storage
from devstack.fakes.s3 import FakeS3

KEY = "films/été #1 100%.mp4"
LARGE = os.urandom(11 * 1024 * 1024 + 7)  # past the size that a bucket takes in one piece


@pytest.fixture
def bucket(s3: FakeS3) -> Storage:
    return Storage.at("s3://media/pre/fix/")


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Storage.at(f"file://{tmp_path}/storage%20here")
    bucket: Storage = request.getfixturevalue("bucket")
    return bucket


async def read(storage: Storage, key: str, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in storage.stream(key, start, end)])


async def test_what_is_put_is_read_back_whole_and_in_part(storage: Storage) -> None:
    await storage.put_bytes(KEY, b"0123456789")
    assert await storage.size(KEY) == 10
    assert await read(storage, KEY, 0, 10) == b"0123456789"
    assert await read(storage, KEY, 3, 5) == b"34"
    assert await read(storage, KEY, 5, 5) == b""


async def test_a_large_file_goes_in_and_comes_out_the_same(
    storage: Storage, tmp_path: Path
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(LARGE)
    await storage.put_file(KEY, source)
    assert await storage.size(KEY) == len(LARGE)
    assert await storage.fetch(KEY, target)
    assert target.read_bytes() == LARGE


async def test_a_file_that_is_taken_is_there_and_not_where_it_was(
    storage: Storage, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"0123456789")
    await storage.take_file(KEY, source)
    assert not source.exists()
    assert await read(storage, KEY, 0, 10) == b"0123456789"


async def test_a_large_range_comes_in_pieces(storage: Storage) -> None:
    await storage.put_bytes(KEY, LARGE)
    pieces = [piece async for piece in storage.stream(KEY, 1, len(LARGE) - 1)]
    assert b"".join(pieces) == LARGE[1:-1]
    assert max(map(len, pieces)) < len(LARGE) / 4


async def test_putting_again_replaces(storage: Storage) -> None:
    await storage.put_bytes(KEY, b"first")
    await storage.put_bytes(KEY, b"second")
    assert await read(storage, KEY, 0, 6) == b"second"


async def test_what_is_not_there_is_said_so(storage: Storage, tmp_path: Path) -> None:
    assert await storage.size(KEY) is None
    assert not await storage.fetch(KEY, tmp_path / "target")
    assert not (tmp_path / "target").exists()
    with pytest.raises(NotFoundError) as refusal:
        await read(storage, KEY, 0, 1)
    assert refusal.value.code == "content_missing"


async def test_deleting_is_for_good_and_may_be_done_twice(storage: Storage) -> None:
    await storage.put_bytes(KEY, b"0")
    await storage.delete(KEY)
    await storage.delete(KEY)
    assert await storage.size(KEY) is None


async def test_a_folder_holds_plain_files(tmp_path: Path) -> None:
    storage = Storage.at(f"file://{tmp_path}/new/storage")
    await storage.put_bytes(KEY, b"0")
    assert storage.local_root == tmp_path / "new" / "storage"
    assert (storage.local_root / KEY).read_bytes() == b"0"


def test_a_folder_that_cannot_be_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match=r"^bad setting: STORAGE_URL: /proc/nowhere is no"):
        Storage.at("file:///proc/nowhere")


async def test_a_bucket_keeps_objects_under_its_prefix(bucket: Storage, s3: FakeS3) -> None:
    await bucket.put_bytes("a/b", b"0")
    assert s3.objects == {"media/pre/fix/a/b": b"0"}
    assert bucket.local_root is None


async def test_a_bucket_that_hiccups_is_asked_again(bucket: Storage, s3: FakeS3) -> None:
    await bucket.put_bytes("a", b"0")
    s3.refusals = 2
    assert await bucket.size("a") == 1
    assert [r.split()[-1] for r in s3.requests] == ["200", "503", "503", "200"]


async def test_a_bucket_that_keeps_failing_is_unavailable(bucket: Storage, s3: FakeS3) -> None:
    s3.refusals = 100
    try:
        with pytest.raises(DependencyUnavailable, match="the storage cannot answer now"):
            await bucket.size("a")
        with pytest.raises(DependencyUnavailable):
            await bucket.put_bytes("a", b"0")
        with pytest.raises(DependencyUnavailable):
            await read(bucket, "a", 0, 1)
    finally:
        s3.refusals = 0


async def test_a_bucket_that_is_not_there_is_unavailable(
    bucket: Storage, nobody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{nobody}")
    with pytest.raises(DependencyUnavailable):
        await Storage.at("s3://media").put_bytes("a", b"0")
