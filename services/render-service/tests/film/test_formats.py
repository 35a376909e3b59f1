import pytest

from app.film.formats import frame_format
from contracts.render import AspectRatio, RenderProfile


@pytest.mark.parametrize(
    ("profile", "aspect_ratio", "expected"),
    [
        ("draft", "16:9", (1280, 720, 24)),
        ("draft", "9:16", (720, 1280, 24)),
        ("draft", "1:1", (720, 720, 24)),
        ("draft", "4:5", (720, 900, 24)),
        ("standard", "16:9", (1920, 1080, 30)),
        ("standard", "9:16", (1080, 1920, 30)),
        ("standard", "1:1", (1080, 1080, 30)),
        ("standard", "4:5", (1080, 1350, 30)),
        ("high", "16:9", (3840, 2160, 30)),
        ("high", "9:16", (2160, 3840, 30)),
        ("high", "1:1", (2160, 2160, 30)),
        ("high", "4:5", (2160, 2700, 30)),
    ],
)
def test_profiles_have_the_promised_size_and_rate(
    profile: str, aspect_ratio: str, expected: tuple[int, int, int]
) -> None:
    frame = frame_format(RenderProfile(profile), AspectRatio(aspect_ratio))
    assert (frame.width, frame.height, frame.fps) == expected


def test_text_in_a_tall_film_stays_clear_of_the_buttons_of_social_sites() -> None:
    safe = frame_format(RenderProfile.STANDARD, AspectRatio.PORTRAIT).safe_area
    assert safe.top >= 0.12 * 1920
    assert safe.bottom <= 0.80 * 1920
    assert (safe.left, safe.right) == (54, 1026)
