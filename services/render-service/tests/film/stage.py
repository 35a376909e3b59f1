"""A small set to film on: scripts, drawn photos, an in-memory store, a watcher that remembers."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
from PIL import Image

from app.film.formats import Encoding, FrameFormat
from app.film.values import FilmError
from contracts.asset import Room
from contracts.poi import Agency
from contracts.script import Figure, Listing, Motion, Scene, Script, ScriptAspectRatio

TINY = FrameFormat(width=192, height=108, fps=12, encoding=Encoding(preset="veryfast", crf=23))


def scene(
    index: int = 0,
    *,
    narration: str = "Une phrase.",
    duration_s: float = 2.0,
    asset_id: UUID | None = None,
    motion: Motion = Motion.PUSH_IN,
) -> Scene:
    return Scene(
        index=index,
        title="Villa Horizon",
        narration=narration,
        on_screen_text="Séjour de 42 m²",
        duration_s=duration_s,
        asset_id=asset_id,
        room=Room.OTHER,
        motion=motion,
        visual_prompt="",
    )


def script(scenes: Sequence[Scene]) -> Script:
    return Script(
        id=uuid4(),
        poi_id=uuid4(),
        title="Villa Horizon",
        language="fr",
        aspect_ratio=ScriptAspectRatio.LANDSCAPE,
        provider="stub",
        model="stub",
        total_duration_s=sum(each.duration_s for each in scenes),
        scenes=tuple(scenes),
        created_at=datetime.now(UTC),
    )


def listing() -> Listing:
    return Listing(
        name="Villa Horizon",
        town="Uzès",
        offer="Villa à vendre",
        price=Figure(label="Prix de vente", value="890 000 €"),
        figures=(Figure(label="Surface", value="185 m²"), Figure(label="Pièces", value="6")),
        energy_class="F",
        climate_class="E",
        energy_notice="Logement à consommation énergétique excessive",
        agency=Agency.model_validate(
            {
                "name": "Agence du Soleil",
                "phone": "04 67 00 11 22",
                "email": "contact@agence-soleil.fr",
                "url": "https://www.agence-soleil.fr/biens/7",
            }
        ),
    )


def quarters(width: int = 300, height: int = 200) -> Image.Image:
    """Red and green above, blue and white below: shows which way up it is."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (200, 30, 30)
    pixels[: height // 2, width // 2 :] = (30, 160, 60)
    pixels[height // 2 :, : width // 2] = (30, 60, 200)
    pixels[height // 2 :, width // 2 :] = (240, 240, 240)
    return Image.fromarray(pixels)


def photo(folder: Path, name: str = "photo.jpg") -> Path:
    """Quarters with stripes, so that every move changes the picture."""
    path = folder / name
    stripes = (np.arange(300) // 4 % 2 * 24).astype(np.uint8)[np.newaxis, :, np.newaxis]
    Image.fromarray(np.asarray(quarters()) // 8 * 7 + stripes).save(path, quality=95)
    return path


class MemoryStore:
    """Keeps segments in memory."""

    def __init__(self) -> None:
        self.segments: dict[str, bytes] = {}
        self.hits = 0

    async def fetch(self, key: str, target: Path) -> bool:
        if key not in self.segments:
            return False
        self.hits += 1
        await asyncio.to_thread(target.write_bytes, self.segments[key])
        return True

    async def keep(self, key: str, source: Path) -> None:
        self.segments[key] = await asyncio.to_thread(source.read_bytes)


class Witness:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.refused: dict[int, str] = {}
        self.finished: dict[int, str] = {}
        self.failed: dict[int, str] = {}
        self.clips: dict[int, Path] = {}
        self.frames: list[tuple[int, int]] = []
        self.stills_before_frames = False
        self.stills = (b"", b"")

    async def picture_refused(self, scene: int, reason: FilmError) -> None:
        self.refused[scene] = reason.code

    async def stills_drawn(self, poster: Path, storyboard: Path) -> None:
        self.stills = (poster.read_bytes(), storyboard.read_bytes())  # noqa: ASYNC240 -- small
        self.stills_before_frames = not self.frames

    async def scene_started(self, scene: int) -> None:
        pass

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        self.finished[scene] = key
        self.clips[scene] = file

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        self.failed[scene] = reason.code

    def frames_done(self, done: int, total: int) -> None:
        self.frames.append((done, total))
