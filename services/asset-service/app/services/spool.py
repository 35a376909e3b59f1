"""Files on their way in: written and hashed piece by piece, gone unless they are taken away."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from common.errors import DependencyUnavailable, PayloadTooLarge

#: Pieces are written in blocks of at least this size: each costs a hop to a thread.
_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A whole file on disk; `sha256` in hexadecimal."""

    path: Path
    size_bytes: int
    sha256: str


class IncomingFile:
    """A file that is being written; it holds at most one block in memory."""

    def __init__(self, file: BinaryIO, *, max_bytes: int) -> None:
        self._file = file
        self._max_bytes = max_bytes
        self._block = bytearray()
        self._digest = hashlib.sha256()
        self._size = 0

    async def write(self, piece: bytes) -> None:
        """Adds a piece. Raises PayloadTooLarge, and DependencyUnavailable when the disk is full."""
        self._size += len(piece)
        if self._size > self._max_bytes:
            raise PayloadTooLarge(f"the file is larger than the {self._max_bytes:,} bytes allowed")
        self._block += piece
        if len(self._block) >= _BLOCK_BYTES:
            await self._flush()

    async def finish(self) -> ReceivedFile:
        """The file, once every piece has been added."""
        await self._flush()
        return ReceivedFile(Path(self._file.name), self._size, self._digest.hexdigest())

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
        with await asyncio.to_thread(self._open) as file:
            path = Path(file.name)
            try:
                yield IncomingFile(file, max_bytes=self._max_bytes)
            finally:
                path.unlink(missing_ok=True)  # noqa: ASYNC240 - also when cancelled

    def _open(self) -> BinaryIO:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return cast("BinaryIO", tempfile.NamedTemporaryFile(dir=self._folder, delete=False))
        except OSError as error:
            raise DependencyUnavailable(f"no file can be taken now ({error.strerror})") from error
