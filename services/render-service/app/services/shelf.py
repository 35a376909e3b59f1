"""Where files are kept: a render's under `renders/<id>/…`, segments of all under `segments/…`."""

import asyncio
import hashlib
from pathlib import Path
from uuid import UUID

from app.core.manifest import Manifest
from app.core.renders import FilmFiles, Stills, StoredFile
from app.film.orders import Film
from app.film.values import FilmError
from common.ids import new_id
from common.storage import Storage


class Shelf:
    """The files of one render.

    Finished segments lie under what they show (`film.shots.Segment.key`), for every render: whoever
    takes the film up again finds them, as does a film of the next script that shows the same, and a
    stale worker can only put the same bytes there once more. Films lie under a new key each, so
    that a stale worker never replaces one.
    """

    def __init__(self, storage: Storage, render_id: UUID) -> None:
        self._storage = storage
        self._folder = f"renders/{render_id}"

    async def fetch(self, key: str, target: Path) -> bool:
        """Copies a finished segment to `target`; False when there is none."""
        return await self._storage.fetch(self._segment(key), target)

    async def keep(self, key: str, source: Path) -> None:
        """Keeps a finished segment."""
        await self._storage.put_file(self._segment(key), source)

    async def clip(self, key: str, file: Path) -> StoredFile:
        """What to note of a kept segment, of which `file` is a copy."""
        return await _described(self._segment(key), file)

    async def put_clip(self, attempt_id: UUID, clip: Path) -> StoredFile:
        """Keeps a clip as its provider made it."""
        return await self._put(f"{self._folder}/clips/{attempt_id}.mp4", clip)

    async def fetch_clip(self, clip: StoredFile, target: Path) -> None:
        """Copies a provider's clip to `target`. Raises FilmError `clip_missing`."""
        if not await self._storage.fetch(clip.key, target):
            raise FilmError("clip_missing", f"the storage has nothing at {clip.key}")

    async def put_stills(self, poster: Path, storyboard: Path) -> Stills:
        """Keeps poster and storyboard of a film in the making."""
        folder = f"{self._folder}/{new_id()}"
        return Stills(
            poster=await self._put(f"{folder}/poster.jpg", poster),
            storyboard=await self._put(f"{folder}/storyboard.jpg", storyboard),
        )

    async def put_film(self, film: Film, manifest: Manifest) -> FilmFiles:
        """Keeps a film and what comes with it."""
        folder = f"{self._folder}/{new_id()}"
        video = await self._put(f"{folder}/film.mp4", film.video)
        told = manifest.model_copy(update={"film_sha256": video.sha256})
        beside = film.video.with_name
        return FilmFiles(
            video=video,
            captions=await self._put_text(
                f"{folder}/captions.vtt", beside("captions.vtt"), film.captions
            ),
            subtitles=await self._put_text(
                f"{folder}/captions.srt", beside("captions.srt"), film.subtitles
            ),
            preview=await self._put(f"{folder}/preview.webp", film.preview),
            manifest=await self._put_text(
                f"{folder}/manifest.json", beside("manifest.json"), told.model_dump_json(indent=2)
            ),
        )

    async def _put_text(self, key: str, file: Path, text: str) -> StoredFile:
        await asyncio.to_thread(file.write_text, text, encoding="utf-8")
        return await self._put(key, file)

    async def _put(self, key: str, file: Path) -> StoredFile:
        await self._storage.put_file(key, file)
        return await _described(key, file)

    def _segment(self, key: str) -> str:
        return f"segments/{key}.mp4"


async def _described(key: str, file: Path) -> StoredFile:
    size, sha256 = await asyncio.to_thread(_measure, file)
    return StoredFile(key=key, size=size, sha256=sha256)


def _measure(file: Path) -> tuple[int, str]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    return file.stat().st_size, digest.hexdigest()
