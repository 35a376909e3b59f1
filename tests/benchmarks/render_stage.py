"""What the render benchmark films: a script, and somebody to hear how it comes along."""

import shutil
import sys
import time
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[2]

#: The sample villa, in the size that cameras send.
SAMPLES = ROOT / "data" / "assets"
sys.path.insert(0, str(ROOT / "services" / "render-service"))

from app.film.values import FilmError  # noqa: E402
from contracts.asset import Room  # noqa: E402
from contracts.poi import Agency  # noqa: E402
from contracts.script import (  # noqa: E402
    Figure,
    Listing,
    Motion,
    Scene,
    ScenePart,
    Script,
    ScriptAspectRatio,
)

SCENES = 8
_MOTIONS = (Motion.PUSH_IN, Motion.PAN_RIGHT, Motion.PULL_OUT, Motion.TILT_UP, Motion.PAN_LEFT)
_ROOMS = (Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.BATHROOM, Room.GARDEN)
_LISTING = Listing(
    name="Villa Méditerranée",
    town="Montpellier",
    offer="Villa à vendre",
    price=Figure(label="Prix de vente", value="890 000 €"),
    figures=tuple(
        Figure(label=label, value=value)
        for label, value in (("Surface", "185 m²"), ("Pièces", "6"), ("Chambres", "4"))
    ),
    energy_class="C",
    climate_class="A",
    agency=Agency.model_validate(
        {"name": "Agence du Soleil", "phone": "04 67 00 11 22", "url": "https://agence.example"}
    ),
)


class DiskStore:
    """Keeps segments in a folder, as the service's storage does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    async def fetch(self, key: str, target: Path) -> bool:
        kept = self._folder / key
        if kept.exists():
            shutil.copyfile(kept, target)
            return True
        return False

    async def keep(self, key: str, source: Path) -> None:
        shutil.copyfile(source, self._folder / key)


class Clock:
    """Notes when the first pictures of a film are there, in seconds from its own beginning."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self.stills_s = 0.0

    async def picture_refused(self, scene: int, reason: FilmError) -> None:
        raise RuntimeError(f"scene {scene} lost its photo") from reason

    async def stills_drawn(self, *_files: Path) -> None:
        self.stills_s = time.perf_counter() - self._begun

    async def scene_started(self, scene: int) -> None:
        pass

    async def scene_finished(self, scene: int, key: str, file: Path) -> None:
        pass

    async def scene_failed(self, scene: int, reason: FilmError) -> None:
        pass

    def frames_done(self, done: int, total: int) -> None:
        pass


def write_script(assets: list[UUID], seconds: float) -> Script:
    """A hook, the visit, a card of key figures, a closing card."""
    wanted: list[UUID | None] = [*assets, None, None]
    rooms = [*_ROOMS[: len(assets)], Room.OTHER, Room.OTHER]
    parts = [ScenePart.HOOK, *[ScenePart.VISIT] * (len(assets) - 1)]
    parts += [ScenePart.FIGURES, ScenePart.CLOSING]
    scenes = tuple(
        Scene(
            index=index,
            title="Agence du Soleil" if part is ScenePart.CLOSING else "Villa Méditerranée",
            narration="Une phrase dite pendant la scène.",
            on_screen_text="Séjour de 42 m² plein sud",
            duration_s=seconds / len(wanted),
            asset_id=asset,
            room=room,
            motion=motion,
            visual_prompt="",
            part=part,
        )
        for index, (asset, room, part, motion) in enumerate(
            zip(wanted, rooms, parts, cycle(_MOTIONS), strict=False)
        )
    )
    return Script(
        id=uuid4(),
        poi_id=uuid4(),
        title="Banc d’essai",
        language="fr",
        aspect_ratio=ScriptAspectRatio.LANDSCAPE,
        provider="stub",
        model="bench",
        total_duration_s=seconds,
        scenes=scenes,
        listing=_LISTING,
        created_at=datetime.now(UTC),
    )
