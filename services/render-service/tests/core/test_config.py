import pytest

from app.core.config import Settings
from common.config import load_settings
from contracts.render import RenderProfile


def test_films_are_standard_and_local_by_default() -> None:
    settings = load_settings(Settings)
    assert settings.render_profile is RenderProfile.STANDARD
    assert settings.runway_mode == "stub"


@pytest.mark.parametrize(
    ("name", "value"),
    [("RENDER_PROFILE", "ultra"), ("RUNWAY_MODE", "live"), ("MAX_IMAGE_MEGAPIXELS", "0")],
)
def test_a_bad_setting_stops_the_process_with_a_line_that_names_it(
    name: str,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        load_settings(Settings)
    said = capsys.readouterr().err
    assert name in said
    assert said.count("\n") == 1


def test_live_is_refused_rather_than_pretended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUNWAY_MODE", "live")
    monkeypatch.setenv("RUNWAY_API_KEY", "a-secret-key")
    with pytest.raises(SystemExit):
        load_settings(Settings)
    said = capsys.readouterr().err
    assert "RUNWAY_MODE" in said
    assert "stub" in said
    assert "a-secret-key" not in said
