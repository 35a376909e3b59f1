"""The sample villa: what its facts say is what its pictures show."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "assets"
PICTURES = sorted([*SAMPLES.glob("*.jpg"), *SAMPLES.glob("*.png")])
FACTS: dict[str, Any] = json.loads((SAMPLES / "villa.json").read_text())["facts"]
MEGABYTE = 1_000_000


def run(program: str, *folder: str) -> str:
    """What a program prints that imports from a folder of the project."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT.joinpath(*folder),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def plan() -> list[tuple[str, float]]:
    """The rooms that the plan is drawn from, each with its floor in m²."""
    program = "import json, layout; print(json.dumps([(r.name, r.area) for r in layout.ROOMS]))"
    return [(name, area) for name, area in json.loads(run(program, "scripts", "draw_samples"))]


def rooms_called(plan: list[tuple[str, float]], *words: str) -> int:
    return sum(name.startswith(words) for name, _ in plan)


def test_six_pictures_are_shipped_in_under_three_megabytes() -> None:
    assert len(PICTURES) == 6
    assert sum(picture.stat().st_size for picture in PICTURES) < 3 * MEGABYTE


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_large_three_by_two_and_in_srgb(picture: Path) -> None:
    with Image.open(picture) as image:
        assert image.size == (2400, 1600)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_each_picture_is_of_another_room_that_the_platform_recognises() -> None:
    names = [picture.name for picture in PICTURES]
    program = (
        "from app.core.rooms import guess_room; from contracts.asset import AssetType;"
        f"print(*(guess_room(AssetType.PHOTO, name) for name in {names}))"
    )
    rooms = run(program, "services", "asset-service").split()
    assert rooms == ["exterior", "living_room", "kitchen", "bedroom", "pool", "plan"]


def test_poi_service_accepts_the_facts_as_they_are() -> None:
    program = (
        "import pathlib, sys; from app.core.draft import PoiDraft;"
        f"draft = pathlib.Path({str(SAMPLES / 'villa.json')!r}).read_text();"
        "print(PoiDraft.model_validate_json(draft).name)"
    )
    assert run(program, "services", "poi-service").strip() == "Villa Méditerranée"


def test_the_stated_surface_is_that_of_the_rooms_on_the_plan(plan: list[tuple[str, float]]) -> None:
    assert FACTS["surface_m2"] == round(sum(area for _, area in plan))


def test_the_stated_rooms_are_those_on_the_plan(plan: list[tuple[str, float]]) -> None:
    bedrooms = rooms_called(plan, "Chambre", "Suite")
    assert FACTS["bedrooms"] == bedrooms
    assert FACTS["bathrooms"] == rooms_called(plan, "Salle de bains", "Salle d’eau")
    assert FACTS["rooms"] == bedrooms + rooms_called(plan, "Séjour")
