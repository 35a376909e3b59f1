from pathlib import Path

import pytest

from devstack.pipeline import NothingToFilm, find_media, read_facts, slug


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
