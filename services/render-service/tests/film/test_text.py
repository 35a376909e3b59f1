import re

import numpy as np
import pytest

from app.film.camera import Size
from app.film.cards import card_text
from app.film.formats import FrameFormat, frame_format
from app.film.overlays import Overlay, lower_text
from app.film.planes import Planes
from app.film.typography import TextBlock, drawable, fit_text
from contracts.render import AspectRatio, RenderProfile

DRAFT = frame_format(RenderProfile.DRAFT, AspectRatio.LANDSCAPE)
FORMATS = [frame_format(RenderProfile.DRAFT, ratio) for ratio in AspectRatio]
LONG = "Un magnifique appartement traversant de 142 m² au cœur de l’Écusson, à 1 250 000 €"


def _fit(text: str) -> TextBlock:
    return fit_text(text, weight="Bold", width=600, height=200, largest=60, smallest=30)


def test_french_typography_can_be_drawn() -> None:
    text = "Œuvre « à l’été » : 42 m², 1 250 000 € → façade, cœur, ÉÈÇÀ – ½ · 12 ha"
    assert drawable(text).split() == text.split()


def test_signs_without_a_glyph_are_left_out_rather_than_drawn_as_boxes() -> None:
    assert drawable("Villa 🏠 Horizon") == "Villa Horizon"


@pytest.mark.parametrize("text", ["Villa", LONG, LONG * 6, "Anticonstitutionnellement" * 8])
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


def test_ordinary_text_is_at_least_a_24th_of_the_height() -> None:
    for frame in FORMATS:
        overlay = lower_text("Quatre chambres dont une suite parentale", frame, 255)
        lit = np.flatnonzero((overlay.added.y > 200).any(axis=1))
        assert lit.size > frame.height / 24 * 0.6


def _text_pixels(overlay: Overlay, frame: FrameFormat) -> tuple[np.ndarray, Planes]:
    planes = Planes.blank(Size(frame.width, frame.height))
    planes.y[:], planes.u[:], planes.v[:] = 235, 128, 128
    overlay.blend(planes, 1.0)
    covered = np.zeros(planes.y.shape, bool)
    height, width = overlay.keep_luma.shape
    bright = (overlay.keep_luma < 10) & (overlay.added.y > 225)
    covered[overlay.y : overlay.y + height, overlay.x : overlay.x + width] = bright
    return covered, planes


@pytest.mark.parametrize("frame", FORMATS, ids=lambda frame: f"{frame.width}x{frame.height}")
@pytest.mark.parametrize("text", ["Séjour de 42 m²", LONG * 3])
def test_text_stays_inside_the_safe_area(frame: FrameFormat, text: str) -> None:
    safe = frame.safe_area
    for overlay in (lower_text(text, frame, 255), card_text(text, text + " !", frame)):
        rows, columns = np.nonzero(_text_pixels(overlay, frame)[0])
        assert rows.size
        assert safe.left <= columns.min()
        assert columns.max() < safe.right
        assert safe.top <= rows.min()
        assert rows.max() < safe.bottom


def test_white_text_over_a_white_photo_has_a_contrast_of_4_5() -> None:
    text, planes = _text_pixels(lower_text("Séjour de 42 m²", DRAFT, 255), DRAFT)
    rows = np.flatnonzero(text.any(axis=1))
    ground = planes.y[rows.min() : rows.max(), -10:]
    level = (float(ground.max()) - 16) / 219
    luminance = ((level + 0.055) / 1.055) ** 2.4
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_a_dark_photo_is_hardly_darkened() -> None:
    bright, dark = lower_text("Séjour", DRAFT, 255), lower_text("Séjour", DRAFT, 60)
    assert dark.keep_luma[-1, -1] > bright.keep_luma[-1, -1] + 50
