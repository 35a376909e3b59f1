"""Gathers what a film is made of: photos and music from asset-service, clips that were bought."""

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

import structlog

from app.db import attempts
from app.film.values import FilmError
from app.services.production import Production
from app.services.shelf import Shelf
from common.jobs import ClaimedJob
from contracts.render import SoundStyle
from contracts.script import Script

logger = structlog.get_logger(__name__)


class PhotoSource(Protocol):
    """Where photos come from, and music: the content of assets."""

    async def fetch(self, asset_id: UUID, target: Path) -> None:
        """Copies an asset's content to a local file.

        Raises FilmError when it cannot be had, DependencyUnavailable when it cannot be had now.
        """


@dataclass(frozen=True, slots=True)
class Materials:
    """What is at hand for a film: photos by asset, clips by position of their scene, music.

    `sha256_of` has the content of each asset that is used, in hexadecimal; `bought_of` that of the
    photos that the clips were bought of.
    """

    photos: dict[UUID, Path]
    clips: dict[int, Path]
    music: Path | None
    sha256_of: dict[UUID, str]
    bought_of: dict[int, str]


class Gathering:
    """Fetches into a folder; `production` hears how far it is, and what cannot be had."""

    def __init__(
        self, photos: PhotoSource, shelf: Shelf, production: Production, folder: Path
    ) -> None:
        self.shelf = shelf
        self.production = production
        self._photos = photos
        self._folder = folder
        self._sha256_of: dict[UUID, str] = {}
        self._bought_of: dict[int, str] = {}

    async def gather(self, job: ClaimedJob, script: Script, sound: SoundStyle) -> Materials:
        """Everything for a script; what cannot be had costs its scene, or the film its music.

        Raises FilmError `clip_missing`, DependencyUnavailable and LeaseLost.
        """
        clips = await self._clips(job)
        photos = await self._photographs(script, clips)
        music = script.music_asset_id if sound is SoundStyle.AUTO else None
        return Materials(
            photos=photos,
            clips=clips,
            music=await self._music(music) if music else None,
            sha256_of=self._sha256_of,
            bought_of=self._bought_of,
        )

    async def _clips(self, job: ClaimedJob) -> dict[int, Path]:
        """The clips that were bought for the render."""
        async with job.database.connection() as queries:
            bought = await attempts.bought(queries, job.subject_id)
        clips: dict[int, Path] = {}
        for position, (clip, photo_sha256) in bought.items():
            if photo_sha256 is not None:
                self._bought_of[position] = photo_sha256
            clips[position] = self._folder / f"clip-{position}.mp4"
            await self.shelf.fetch_clip(clip, clips[position])
        return clips

    async def _photographs(self, script: Script, clips: dict[int, Path]) -> dict[UUID, Path]:
        """The photos that can be had; the scenes of the others say why not."""
        wanted: dict[UUID, list[int]] = {}
        for position, scene in enumerate(script.scenes):
            if scene.asset_id is not None and position not in clips:
                wanted.setdefault(scene.asset_id, []).append(position)
        photos: dict[UUID, Path] = {}
        for number, (asset_id, positions) in enumerate(wanted.items(), start=1):
            try:
                photos[asset_id] = await self._fetch(asset_id, f"photo-{number}")
            except FilmError as reason:
                for position in positions:
                    await self.production.picture_refused(position, reason)
            self.production.photos_fetched(number, len(wanted))
        return photos

    async def _music(self, asset_id: UUID) -> Path | None:
        try:
            return await self._fetch(asset_id, "music")
        except FilmError as reason:
            logger.warning("music_missing", asset_id=str(asset_id), reason=reason.detail)
            return None

    async def _fetch(self, asset_id: UUID, name: str) -> Path:
        target = self._folder / name
        await self._photos.fetch(asset_id, target)
        self._sha256_of[asset_id] = await asyncio.to_thread(sha256_of, target)
        return target


def sha256_of(file: Path) -> str:
    """What is in a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
