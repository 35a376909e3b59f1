"""The asset root: what lies at a `file_path`, and where uploads go."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.core.content import Content
from app.core.paths import outside_root, storage_key
from app.services.ports import Inspector
from app.services.spool import ReceivedFile, Spool
from common.errors import Unprocessable
from common.storage import Storage


class Shelf:
    """The files of all assets, in one storage."""

    def __init__(self, storage: Storage, spool: Spool, inspector: Inspector) -> None:
        self.storage = storage
        self._spool = spool
        self._inspector = inspector

    async def content_at(self, file_path: str) -> Content | None:
        """What the file at a `file_path` is; None when there is none.

        Raises AppError `path_outside_asset_root`, PayloadTooLarge, and what `examine` raises.
        """
        key = await self.key_of(file_path)
        async with self._copy(key) as file:
            return await self.examine(file) if file else None

    async def examine(self, file: ReceivedFile) -> Content:
        """What a whole file is.

        Raises Unprocessable `content_empty` and the Inspector's refusals.
        """
        if not file.size_bytes:
            raise Unprocessable("the file is empty", code="content_empty")
        media = await self._inspector.inspect(file.path)
        return Content(media, file.size_bytes, file.sha256)

    async def size_at(self, file_path: str) -> int | None:
        """How many bytes the file at a `file_path` has; None when there is none.

        Raises what `key_of` raises.
        """
        return await self.storage.size(await self.key_of(file_path))

    async def key_of(self, file_path: str) -> str:
        """The key that a `file_path` means, once symbolic links have been followed.

        Raises AppError `path_outside_asset_root`, and Unprocessable for what is no file's path.
        """
        key = storage_key(file_path)
        if self.storage.local_root is not None:
            await asyncio.to_thread(_check_within, self.storage.local_root, key, file_path)
        return key

    @asynccontextmanager
    async def _copy(self, key: str) -> AsyncIterator[ReceivedFile | None]:
        """The file at a key, where it can be read from; None when there is none."""
        size = await self.storage.size(key)
        if size is None:
            yield None
            return
        self._spool.check_size(size)
        if self.storage.local_root is not None:
            yield await asyncio.to_thread(_measured, self.storage.local_root / key)
            return
        async with self._spool.receiving() as file:
            async for piece in self.storage.stream(key, 0, size):
                await file.write(piece)
            yield await file.finish()


def _check_within(root: Path, key: str, file_path: str) -> None:
    actual = (root / key).resolve()
    if not actual.is_relative_to(root.resolve()):
        raise outside_root(file_path)
    if actual.exists() and not actual.is_file():
        raise Unprocessable(f"file_path {file_path!r} names no regular file")


def _measured(path: Path) -> ReceivedFile:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    return ReceivedFile(path, path.stat().st_size, digest.hexdigest())
