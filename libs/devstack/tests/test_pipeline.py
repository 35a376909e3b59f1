from pathlib import Path

import httpx
import pytest

from devstack.client import PlatformClient, Refused
from devstack.pipeline import (
    FilmFailed,
    NothingToFilm,
    find_media,
    read_facts,
    slug,
    upload_media,
)

ROOMS = {"salon.jpg": "living_room", "p1.jpg": "other", "p2.jpg": "other", "plan.png": "other"}


class Told:
    """Keeps what is reported."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def step(self, text: str) -> None:
        self.lines.append(text)

    def progress(self, stage: str, percent: int) -> None:
        """No film is made here."""


def uploaded(
    folder: Path, *names: str, refused: str = "", status: int = 422
) -> tuple[list[str], list[str]]:
    """The names of the assets that are made of files, and what is told; `refused` is refused."""

    def answer(request: httpx.Request) -> httpx.Response:
        body = request.read()
        name = next(name for name in names if f'filename="{name}"'.encode() in body)
        if name == refused:
            problem = {"code": "invalid_media", "detail": "the picture cannot be decoded"}
            return httpx.Response(status, json=problem)
        kind = "plan" if name.startswith("plan") else "photo"
        sizes = {"width": 2400, "height": 1600}
        return httpx.Response(
            201, json={"name": name, "asset_type": kind, "room": ROOMS[name], **sizes}
        )

    for name in names:
        (folder / name).write_bytes(b"a picture")
    client = PlatformClient({"asset": "http://asset"}, "a-key", transport=_played(answer))
    told = Told()
    assets = upload_media(client, "1", [folder / name for name in names], told)
    return [asset["name"] for asset in assets], told.lines


def _played(answer: object) -> httpx.MockTransport:
    return httpx.MockTransport(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [413, 415, 422])
def test_a_file_that_is_refused_is_named_and_costs_only_itself(tmp_path: Path, status: int) -> None:
    assets, told = uploaded(tmp_path, "p1.jpg", "salon.jpg", refused="p1.jpg", status=status)
    assert assets == ["salon.jpg"]
    reason = f"the picture cannot be decoded ({status} invalid_media)"
    assert told == [f"left out p1.jpg: {reason}", "uploaded salon.jpg (living room, 2400×1600)"]


def test_when_every_file_is_refused_the_end_says_why(tmp_path: Path) -> None:
    with pytest.raises(FilmFailed, match=r"no file can be used; p1.jpg: .* cannot be decoded"):
        uploaded(tmp_path, "p1.jpg", refused="p1.jpg")


def test_an_upload_that_is_refused_for_no_fault_of_the_file_ends_the_demo(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"asset-service: .*401"):
        uploaded(tmp_path, "p1.jpg", "salon.jpg", refused="p1.jpg", status=401)


def test_who_has_photos_of_unknown_rooms_is_told_how_to_name_them(tmp_path: Path) -> None:
    told = uploaded(tmp_path, "p1.jpg", "p2.jpg", "salon.jpg", "plan.png")[1]
    assert told[-1].startswith("room unknown for 2 photos: name them salon.jpg, kitchen-1.jpg …")
    assert sum("room unknown" in line for line in told) == 1


def test_nobody_is_told_of_rooms_that_are_known(tmp_path: Path) -> None:
    assert not any("unknown" in line for line in uploaded(tmp_path, "salon.jpg", "plan.png")[1])


def test_media_are_found_by_name_in_order_and_the_rest_is_left(tmp_path: Path) -> None:
    for name in ("02-salon.JPG", "01-facade.jpg", "visite.mp4", "villa.json", "README.md"):
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    found = [file.name for file in find_media(tmp_path)]
    assert found == ["01-facade.jpg", "02-salon.JPG", "visite.mp4"]


def test_a_folder_without_pictures_is_refused_with_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(NothingToFilm, match=r"PHOTOS=.*holds no picture"):
        find_media(tmp_path)
    with pytest.raises(NothingToFilm, match=r"PHOTOS=.*is not a folder"):
        find_media(tmp_path / "nowhere")


def test_without_facts_the_folder_gives_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "mas_des-oliviers"
    assert read_facts(None, folder) == {"name": "Mas Des Oliviers"}


@pytest.mark.parametrize("content", ["{", "[]", '"villa"'])
def test_facts_that_are_no_object_are_refused(tmp_path: Path, content: str) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(content)
    with pytest.raises(NothingToFilm, match="FACTS="):
        read_facts(facts, tmp_path)


def test_a_film_is_named_after_its_property_in_plain_letters() -> None:
    assert slug("Villa Méditerranée – 5 p.") == "villa-mediterranee-5-p"
    assert slug("قصر") == "film"
