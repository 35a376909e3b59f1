import pytest

from app.core.config import Settings
from common.config import load_settings
from contracts.render import RenderProfile
from devstack.testing import Refusal


def test_films_are_standard_and_local_by_default() -> None:
    settings = load_settings(Settings)
    assert settings.render_profile is RenderProfile.STANDARD
    assert settings.runway_mode == "stub"
    assert settings.voice_provider == "none"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RENDER_PROFILE", "ultra"),
        ("RUNWAY_MODE", "live"),
        ("VOICE_PROVIDER", "openai"),
        ("MAX_IMAGE_MEGAPIXELS", "0"),
    ],
)
def test_a_bad_setting_stops_the_process_with_a_line_that_names_it(
    name: str, value: str, refusal: Refusal
) -> None:
    assert name in refusal(Settings, **{name: value})


LIVE = {"RUNWAY_MODE": "live", "RUNWAY_API_KEY": "a-secret-key"}


def _live(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in {**LIVE, **variables}.items():
        monkeypatch.setenv(name, value)


def test_live_with_a_key_buys_from_runway_within_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    _live(monkeypatch, RUNWAY_MAX_CREDITS_PER_DAY="300")
    settings = load_settings(Settings)
    assert settings.runwayml_base_url == "https://api.dev.runwayml.com"
    assert settings.live_terms.model == "gen4_turbo"
    assert settings.live_terms.max_attempts == 2
    assert settings.live_terms.fallback == "fail"
    assert settings.live_terms.caps.per_day == 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUNWAY_API_KEY", "  "),
        ("RUNWAY_MODEL", "gen9"),
        ("RUNWAY_FALLBACK", "never"),
        ("RUNWAY_MAX_ATTEMPTS", "0"),
        ("RUNWAY_MAX_CREDITS_PER_RENDER", "-1"),
        ("RUNWAYML_BASE_URL", "http://api.dev.runwayml.com"),
        ("RUNWAYML_BASE_URL", "http://10.0.0.7:9000"),
        ("RUNWAYML_BASE_URL", "ftp://localhost"),
        ("RUNWAYML_BASE_URL", "https://"),
        ("RUNWAYML_BASE_URL", "https://user:password@api.dev.runwayml.com"),
    ],
)
def test_a_bad_live_setting_stops_the_process_without_telling_the_key(
    name: str, value: str, refusal: Refusal
) -> None:
    line = refusal(Settings, **{**LIVE, name: value})
    assert name in line
    assert "a-secret-key" not in line


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9000", "[::1]:9000", "127.9.9.9"])
def test_plain_http_is_for_this_machine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    _live(monkeypatch, RUNWAYML_BASE_URL=f"http://{host}")
    assert load_settings(Settings).runwayml_base_url == f"http://{host}"
