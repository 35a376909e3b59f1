from pathlib import Path

import cv2
import numpy as np
import pytest

from app.film.camera import Move, Size, Viewport
from app.film.cards import backdrop, drawn_ground
from app.film.formats import FrameFormat, frame_format
from app.film.lettering.draw import on_card, over_picture
from app.film.lettering.energy import CLIMATE_COLOURS, ENERGY_COLOURS, ink_on, luminance
from app.film.lettering.layout import GOLD
from app.film.lettering.qr import qr_block
from app.film.lettering.scrims import Ground
from app.film.lettering.subtitles import caption_overlay
from app.film.overlays import Overlay
from app.film.pictures import working_picture
from app.film.planes import Planes, warp
from app.film.titling import (
    ClosingCard,
    EnergyRating,
    FiguresCard,
    HookTitle,
    LowerThird,
    TextCard,
    Titling,
)
from contracts.render import AspectRatio, RenderProfile
from contracts.script import Figure
from tests.film.stage import photo

FORMATS = [frame_format(RenderProfile.DRAFT, ratio) for ratio in AspectRatio]
DRAFT = FORMATS[0]
NAMES = [
    "Villa Horizon",
    ("Un magnifique appartement traversant de 142 m² au cœur de l’Écusson " * 5)[:300],
    "Anticonstitutionnellement" * 12,
    "فيلا النخيل 🌴 Villa des Palmes",
]
F_AND_E = EnergyRating(
    energy="F",
    climate="E",
    scales=("Énergie", "Climat"),
    notice="Logement à consommation énergétique excessive",
)
FIGURES = tuple(
    Figure(label=label, value=value)
    for label, value in [
        ("Surface", "1 185,5 m²"),
        ("Terrain", "12 000 m²"),
        ("Pièces", "6"),
        ("Chambres", "4"),
        ("Salles de bain", "2,5"),
        ("Construction", "1998"),
    ]
)
PRICE = Figure(label="Prix de vente", value="12 890 000 €")
URL = "https://www.agence-du-soleil.example/biens/villa-horizon"


def _designs(name: str) -> list[Titling]:
    return [
        HookTitle(offer="Villa à vendre", name=name, place="Aix-en-Provence"),
        LowerThird(label="Salle de bain", text=name),
        LowerThird(label="", text="", rating=F_AND_E),
        TextCard(title=name, lines=("Piscine chauffée", name)),
        FiguresCard(
            heading="Villa à vendre", price=PRICE, figures=FIGURES, rating=F_AND_E, line=name
        ),
        ClosingCard(overline=name, title=name, lines=("04 67 00 11 22", name), url=URL),
    ]


STILL = Move(start=Viewport(x=0.5, y=0.5, zoom=1), end=Viewport(x=0.5, y=0.5, zoom=1))


def _grey_ground(level: int) -> Ground:
    """An even ground of a grey level (0–255)."""
    picture = Planes.blank(Size(160, 90))
    picture.y[:], picture.u[:], picture.v[:] = 16 + level * 219 / 255, 128, 128
    return Ground(picture, STILL, Size(DRAFT.width, DRAFT.height))


WHITE_GROUND = _grey_ground(255)


def _drawn(overlay: Overlay, frame: FrameFormat) -> np.ndarray:
    """Where words, tiles and codes cover a frame: wholly, and lighter than a shade."""
    covered = np.zeros((frame.height, frame.width), bool)
    height, width = overlay.keep_luma.shape
    solid = (overlay.keep_luma < 10) & (overlay.added.y > 30)
    covered[overlay.y : overlay.y + height, overlay.x : overlay.x + width] = solid
    return covered


@pytest.mark.parametrize("frame", FORMATS, ids=lambda frame: f"{frame.width}x{frame.height}")
@pytest.mark.parametrize("name", NAMES, ids=["short", "long", "one word", "arabic"])
def test_every_design_stays_inside_the_safe_area_whatever_the_name(
    frame: FrameFormat, name: str
) -> None:
    safe = frame.safe_area
    for titling in _designs(name):
        card = not isinstance(titling, HookTitle | LowerThird)
        overlay = on_card(titling, frame) if card else over_picture(titling, frame, WHITE_GROUND)
        assert overlay is not None
        rows, columns = np.nonzero(_drawn(overlay, frame))
        assert rows.size
        assert safe.left <= columns.min(), titling.kind
        assert columns.max() < safe.right, titling.kind
        assert safe.top <= rows.min(), titling.kind
        assert rows.max() < safe.bottom, titling.kind


@pytest.mark.parametrize("name", ["你好別墅", "🏠 !", ""])
def test_an_opening_whose_name_cannot_be_drawn_is_headed_by_what_is_offered(name: str) -> None:
    def opening(offer: str, name: str, place: str) -> np.ndarray:
        title = HookTitle(offer=offer, name=name, place=place)
        overlay = over_picture(title, DRAFT, WHITE_GROUND)
        assert overlay is not None
        return _drawn(overlay, DRAFT)

    nameless = opening("Villa à vendre", name, "Uzès")
    assert np.array_equal(nameless, opening("", "Villa à vendre", "Uzès"))
    assert np.array_equal(opening("", name, "Uzès"), opening("", "Uzès", ""))


def test_words_are_at_least_a_24th_of_the_height() -> None:
    for frame in FORMATS:
        lower = LowerThird(label="", text="Quatre chambres dont une suite")
        overlay = over_picture(lower, frame, WHITE_GROUND)
        assert overlay is not None
        lit = np.flatnonzero((overlay.added.y > 200).any(axis=1))
        assert lit.size > frame.height / 24 * 0.6


def test_without_words_nothing_is_laid_over_the_picture() -> None:
    assert over_picture(LowerThird(label="", text="🏠"), DRAFT, WHITE_GROUND) is None
    assert on_card(TextCard(title="", lines=()), DRAFT) is None


def _contrast(lighter: float, darker: float) -> float:
    return (lighter + 0.05) / (darker + 0.05)


def _grey(luma: float) -> float:
    """Relative luminance of a tv-range luma."""
    level = round((luma - 16) * 255 / 219)
    return luminance((level, level, level))


@pytest.mark.parametrize("name", ["white", "stripes"])
@pytest.mark.parametrize("titling", _designs("Villa Horizon")[:2], ids=lambda each: each.kind)
def test_white_words_over_a_picture_have_a_contrast_of_4_5(
    name: str, titling: Titling, tmp_path: Path
) -> None:
    """Measured on the frame: between white and the lightest of what lies around the letters."""
    picture = _white_picture() if name == "white" else _stripes(tmp_path)
    move = Move(start=Viewport(x=0.5, y=0.5, zoom=1), end=Viewport(x=0.5, y=0.5, zoom=1.1))
    size = Size(DRAFT.width, DRAFT.height)
    overlay = over_picture(titling, DRAFT, Ground(picture, move, size))
    assert overlay is not None
    rows, columns = np.nonzero(_drawn(overlay, DRAFT))
    box = np.s_[rows.min() : rows.max(), columns.min() : columns.max()]
    shade = overlay.added.y[rows.min() - overlay.y : rows.max() - overlay.y][:, box[1]] <= 16
    frame = Planes.blank(size)
    for progress in (0.0, 0.3, 1.0):
        warp(picture, move.at(progress), frame)
        overlay.blend(frame, 1.0)
        around = frame.y[box][shade]
        assert around.size
        assert _contrast(1.0, _grey(float(np.percentile(around, 98)))) >= 4.5


def test_the_name_of_a_house_goes_where_it_hides_less_of_it() -> None:
    """Detail at the foot sends the title to the head; a lower third stays at the foot."""
    picture = Planes.blank(Size(800, 450))
    picture.y[:], picture.u[:], picture.v[:] = 120, 128, 128
    picture.y[225:] = np.random.default_rng(1).integers(16, 235, (225, 800))
    ground = Ground(picture, STILL, Size(DRAFT.width, DRAFT.height))
    opening, lower = (over_picture(each, DRAFT, ground) for each in _designs("Villa")[:2])
    assert opening is not None
    assert lower is not None
    assert np.nonzero(_drawn(opening, DRAFT))[0].max() < DRAFT.height / 2
    assert np.nonzero(_drawn(lower, DRAFT))[0].min() > DRAFT.height / 2


def _white_picture() -> Planes:
    picture = Planes.blank(Size(1600, 900))
    picture.y[:], picture.u[:], picture.v[:] = 235, 128, 128
    return picture


def _stripes(folder: Path) -> Planes:
    return working_picture(
        photo(folder), Size(DRAFT.width, DRAFT.height), is_plan=False, max_megapixels=1
    )


def test_a_dark_picture_is_hardly_darkened() -> None:
    lower = LowerThird(label="", text="Séjour")
    bright = over_picture(lower, DRAFT, WHITE_GROUND)
    dark = over_picture(lower, DRAFT, _grey_ground(60))
    assert bright is not None
    assert dark is not None
    assert dark.keep_luma.mean() > bright.keep_luma.mean() + 30


@pytest.mark.parametrize("level", [16, 90, 235])
def test_gold_words_on_a_card_have_a_contrast_of_4_5_whatever_the_picture_behind(
    level: int,
) -> None:
    picture = Planes.blank(Size(800, 600))
    picture.y[:], picture.u[:], picture.v[:] = level, 128, 128
    for ground in (backdrop(picture, DRAFT), *(drawn_ground(each, DRAFT) for each in range(3))):
        assert _contrast(luminance(GOLD), _grey(float(np.percentile(ground.y, 99.9)))) >= 4.5


@pytest.mark.parametrize("ratio", list(AspectRatio))
@pytest.mark.parametrize("text", ["Une phrase.", "M" * 42 + " " + "W" * 42])
def test_burned_captions_are_legible_and_clear_of_the_words_of_the_scene(
    ratio: AspectRatio, text: str
) -> None:
    frame = frame_format(RenderProfile.DRAFT, ratio).model_copy(update={"captions_burned": True})
    overlay = caption_overlay(text, frame)
    assert overlay is not None
    area, (height, width) = frame.caption_area, overlay.keep_luma.shape
    assert frame.safe_area.bottom <= overlay.y
    assert overlay.y + height <= area.bottom
    assert area.left - 2 <= overlay.x
    assert overlay.x + width <= area.right + 2
    plate = overlay.keep_luma[height // 2, 4] / 255
    assert _contrast(1.0, _grey(16 + plate * 219)) >= 4.5


def test_without_a_caption_nothing_is_burned() -> None:
    assert caption_overlay("", DRAFT) is None


def test_energy_letters_stand_out_on_their_legal_colours() -> None:
    for colours in (ENERGY_COLOURS, CLIMATE_COLOURS):
        for colour in colours.values():
            lighter, darker = sorted([luminance(colour), luminance(ink_on(colour))])[::-1]
            assert _contrast(lighter, darker) >= 4.5


@pytest.mark.parametrize("profile", list(RenderProfile)[:2])
def test_the_code_on_the_closing_card_leads_to_the_agency(profile: RenderProfile) -> None:
    for ratio in AspectRatio:
        frame = frame_format(profile, ratio)
        card = ClosingCard(overline="", title="Agence du Soleil", lines=("04 67",), url=URL)
        overlay = on_card(card, frame)
        assert overlay is not None
        picture = drawn_ground(0, frame)
        luma = np.ascontiguousarray(picture.y[: frame.height, : frame.width])
        height, width = overlay.keep_luma.shape
        part = luma[overlay.y : overlay.y + height, overlay.x : overlay.x + width]
        part[:] = cv2.add(cv2.multiply(part, overlay.keep_luma, scale=1 / 255), overlay.added.y)
        read, *_ = cv2.QRCodeDetector().detectAndDecode(luma)
        assert read == URL


def test_an_address_too_long_to_be_scanned_is_left_out() -> None:
    assert qr_block("https://agence.example/" + "a" * 400, 250) is None
    assert qr_block("https://agence.example/" + "a" * 4000, 2000) is None
