"""Bytes under keys: a folder (`file:///…`) or a bucket (`s3://bucket/prefix`), both by obstore.

What is put is there as a whole or not at all: a folder's file is written beside its place and
renamed, a bucket's object appears at the end of its upload.
"""

import asyncio
import contextlib
import errno
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError as StoreError
from obstore.exceptions import NotFoundError as KeyMissing
from obstore.store import LocalStore, ObjectStore, S3Store

from common.config import BadSetting
from common.errors import DependencyUnavailable, NotFoundError

if TYPE_CHECKING:
    from obstore.store import ClientConfig

_CHUNK_BYTES = 256 * 1024

#: A bucket that does not answer is said to be down within seconds (by itself, obstore tries for
#: minutes), while a transfer that moves may take as long as it takes. In the clear it is spoken to
#: only where AWS_ENDPOINT_URL says http.
_S3_CLIENT: "ClientConfig" = {
    "connect_timeout": "3s",
    "read_timeout": "30s",
    "timeout": "1h",
    "allow_http": True,
}
_S3_RETRIES = 3
_S3_RETRY_TIMEOUT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Storage:
    """One service's bytes. `local_root` is the folder, None for a bucket."""

    store: ObjectStore
    local_root: Path | None

    @classmethod
    def at(cls, url: str) -> "Storage":
        """The storage at a `STORAGE_URL`; a folder is created.

        A bucket's credentials, region and endpoint come from the usual AWS_* variables.
        Raises BadSetting for a folder that cannot be.
        """
        parts = urlsplit(url)
        if parts.scheme == "s3":
            return cls(_bucket(parts.netloc, parts.path.strip("/")), None)
        root = Path(unquote(parts.path))
        try:
            return cls(LocalStore(root, mkdir=True), root)
        except OSError as error:
            raise BadSetting("STORAGE_URL", f"{root} is no folder to write to: {error}") from error

    async def put_file(self, key: str, source: Path) -> None:
        """Copies a local file to `key`, replacing what is there."""
        try:
            await obstore.put_async(self.store, key, source)
        except StoreError as error:
            raise _unavailable(error) from error

    async def take_file(self, key: str, source: Path) -> None:
        """Moves a local file to `key`, replacing what is there; on disk for good when it returns.

        In a folder that is a rename, where `source` is on the same file system.
        """
        if self.local_root is None or not await asyncio.to_thread(
            _renamed, source, self.local_root / key
        ):
            await self.put_file(key, source)
            await asyncio.to_thread(source.unlink)

    async def put_bytes(self, key: str, content: bytes) -> None:
        """Puts a few bytes at `key`, replacing what is there."""
        try:
            await obstore.put_async(self.store, key, content)
        except StoreError as error:
            raise _unavailable(error) from error

    async def size(self, key: str) -> int | None:
        """How many bytes are at `key`; None when there are none."""
        try:
            with _answering():
                return (await obstore.head_async(self.store, key))["size"]
        except NotFoundError:
            return None

    async def stream(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to but not including `end`, a piece at a time.

        Raises NotFoundError `content_missing` before the first piece when there is nothing.
        """
        if start >= end:
            return
        with _answering():
            found = await obstore.get_async(self.store, key, options={"range": (start, end)})
            async for piece in found.stream(min_chunk_size=_CHUNK_BYTES):
                yield bytes(piece)

    async def fetch(self, key: str, target: Path) -> bool:
        """Copies what is at `key` to a local file; False when there is nothing."""
        try:
            with _answering():
                found = await obstore.get_async(self.store, key)
        except NotFoundError:
            return False
        with target.open("wb") as file, _answering():
            async for piece in found.stream(min_chunk_size=_CHUNK_BYTES):
                await asyncio.to_thread(file.write, piece)
        return True

    async def delete(self, key: str) -> None:
        """Removes what is at `key`, if anything."""
        with contextlib.suppress(NotFoundError), _answering():
            await obstore.delete_async(self.store, key)


def _bucket(name: str, prefix: str) -> S3Store:
    return S3Store(
        name,
        prefix=prefix or None,
        client_options=_S3_CLIENT,
        retry_config={"max_retries": _S3_RETRIES, "retry_timeout": _S3_RETRY_TIMEOUT},
    )


@contextmanager
def _answering() -> Iterator[None]:
    """What obstore raises when it reads, in the platform's words."""
    try:
        yield
    except (KeyMissing, FileNotFoundError) as error:
        raise NotFoundError("these bytes are not in the storage", code="content_missing") from error
    except StoreError as error:
        raise _unavailable(error) from error


def _renamed(source: Path, target: Path) -> bool:
    """Whether a rename could do it: not from one file system to another."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(source)
        source.replace(target)
        _sync(target.parent)
    except OSError as error:
        if error.errno == errno.EXDEV:
            return False
        raise _unavailable(error) from error
    return True


def _sync(path: Path) -> None:
    """Waits until what is written is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unavailable(error: Exception) -> DependencyUnavailable:
    return DependencyUnavailable(f"the storage cannot answer now ({type(error).__name__})")
