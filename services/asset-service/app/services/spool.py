"""Files on their way in: written and hashed piece by piece, gone unless they are taken away."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from common.errors import DependencyUnavailable, PayloadTooLarge
from common.ids import new_id

#: Pieces are written in blocks of at least this size: each costs a hop to a thread.
_BLOCK_BYTES = 1024 * 1024

_ABANDONED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A whole file on disk; `sha256` in hexadecimal."""

    path: Path
    size_bytes: int
    sha256: str


class IncomingFile:
    """A file that is being written; it holds at most one block in memory."""

    def __init__(self, path: Path, file: BinaryIO, check_size: Callable[[int], None]) -> None:
        self._path = path
        self._file = file
        self._check_size = check_size
        self._block = bytearray()
        self._digest = hashlib.sha256()
        self._size = 0

    async def write(self, piece: bytes) -> None:
        """Adds a piece. Raises PayloadTooLarge, and DependencyUnavailable when the disk is full."""
        self._size += len(piece)
        self._check_size(self._size)
        self._block += piece
        if len(self._block) >= _BLOCK_BYTES:
            await self._flush()

    async def finish(self) -> ReceivedFile:
        """The file, once every piece has been added."""
        await self._flush()
        return ReceivedFile(self._path, self._size, self._digest.hexdigest())

    async def _flush(self) -> None:
        block, self._block = self._block, bytearray()
        try:
            await asyncio.to_thread(self._keep, block)
        except OSError as error:
            raise DependencyUnavailable(f"no file can be taken now ({error.strerror})") from error

    def _keep(self, block: bytearray) -> None:
        self._digest.update(block)
        self._file.write(block)
        self._file.flush()


class Spool:
    """The folder of files on their way in."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[IncomingFile]:
        """An empty file to write to. At the end of the block it is gone, however that ends."""
        path = self._folder / str(new_id())
        with await asyncio.to_thread(_opened, path) as file:
            try:
                yield IncomingFile(path, file, self.check_size)
            finally:
                await asyncio.shield(asyncio.to_thread(path.unlink, missing_ok=True))

    def check_size(self, size_bytes: int) -> None:
        """Raises PayloadTooLarge for a file that is larger than any that is taken."""
        if size_bytes > self._max_bytes:
            raise PayloadTooLarge(f"the file is larger than the {self._max_bytes:,} bytes allowed")

    def sweep(self) -> int:
        """Deletes files that nobody has written to for long; how many.

        Only a process that was killed leaves any.
        """
        oldest = time.time() - _ABANDONED_AFTER.total_seconds()
        deleted = 0
        for file in self._folder.glob("*"):
            with suppress(FileNotFoundError):  # its upload has just ended
                if file.stat().st_mtime < oldest:
                    file.unlink()
                    deleted += 1
        return deleted


def _opened(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path.open("xb")
    except OSError as error:
        raise DependencyUnavailable(f"no file can be taken now ({error.strerror})") from error
