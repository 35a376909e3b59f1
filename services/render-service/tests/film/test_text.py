import re

import pytest

from app.film.fonts import drawable, family_of, undrawable
from app.film.typography import TextBlock, as_label, fit_text

LONG = "Un magnifique appartement traversant de 142 m² au cœur de l’Écusson, à 1 250 000 €"
ARABIC = "فيلا النخيل"


def _fit(text: str) -> TextBlock:
    return fit_text(text, weight="Bold", width=600, height=200, largest=60, smallest=30)


def test_french_typography_can_be_drawn() -> None:
    text = "Œuvre « à l’été » : 42 m², 1 250 000 € → façade, cœur, ÉÈÇÀ – ½ · 12 ha"
    assert drawable(text).split() == text.split()


def test_signs_without_a_glyph_are_left_out_rather_than_drawn_as_boxes() -> None:
    assert drawable("Villa 🏠 Horizon") == "Villa Horizon"


@pytest.mark.parametrize(
    "text", ["Villa", LONG, LONG * 6, "Anticonstitutionnellement" * 8, f"{ARABIC} 42 m²"]
)
def test_text_is_fitted_and_never_cut(text: str) -> None:
    block = _fit(text)
    assert re.sub(r"\s", "", "".join(block.lines)) == re.sub(r"\s", "", text)
    assert block.width <= 600
    assert block.height <= 200


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_lines_never_break_within_a_figure_or_before_its_unit(space: str) -> None:
    text = "Un appartement de 1 250 000 € au cœur de la ville de 142 m²".replace(
        "1 250 000 €", space.join(["1", "250", "000", "€"])
    )
    for width in range(180, 600, 30):
        lines = fit_text(
            text, weight="Bold", width=width, height=900, largest=30, smallest=20
        ).lines
        assert any(re.search(r"1\s250\s000\s€", line) for line in lines)


@pytest.mark.parametrize("dash", ["–", "—", "-"])
def test_no_line_begins_with_a_dash(dash: str) -> None:
    text = f"Appartement T3 {dash} Les Arceaux, 2 {dash} 3 chambres, semi-enterré {dash}"
    for width in range(180, 600, 20):
        lines = fit_text(
            text, weight="Bold", width=width, height=900, largest=30, smallest=20
        ).lines
        assert not [line for line in lines if line.startswith(dash)]
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Œuvre à 42 m² – 1 250 000 €", ""),
        (f"Villa {ARABIC}", ""),
        ("你好別墅, 你好 Villa ❤️🌴\u00ad", "你好別墅🌴"),
    ],
)
def test_signs_that_are_left_out_can_be_told(text: str, left_out: str) -> None:
    assert undrawable(text).replace("❤", "") == left_out


def test_arabic_is_set_in_a_face_that_has_it_and_joins_its_letters() -> None:
    block = _fit(f"Villa {ARABIC}")
    assert block.family == "IBMPlexSansArabic"
    apart = sum(block.font.getlength(letter) for letter in ARABIC)
    assert block.font.getlength(ARABIC) < apart * 0.9


def test_what_both_faces_can_set_is_set_in_the_first() -> None:
    assert family_of("Œuvre à 42 m²") == "Manrope"


@pytest.mark.parametrize("text", ["🏠", "👨‍👩‍👧 ✨", "日本"])
def test_a_text_of_signs_that_nothing_can_draw_is_empty_rather_than_boxes(text: str) -> None:
    assert drawable(text) == ""
    assert _fit(text).height == 0


def test_labels_stand_in_spaced_capitals_where_the_script_has_them() -> None:
    assert as_label("à vendre").replace("\u200a", "") == "À VENDRE"
    assert as_label(ARABIC) == ARABIC
