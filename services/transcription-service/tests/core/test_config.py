import pytest

from app.core.config import Settings
from common.config import load_settings


@pytest.mark.parametrize("provider", ["openai", "local", "whisper"])
def test_a_provider_that_is_not_here_stops_the_start_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], provider: str
) -> None:
    monkeypatch.setenv("STT_PROVIDER", provider)
    with pytest.raises(SystemExit):
        load_settings(Settings)
    line = capsys.readouterr().err
    assert line.startswith("bad setting: STT_PROVIDER: ")
    assert "stub" in line
    assert line.count("\n") == 1


def test_the_stub_is_the_default() -> None:
    assert Settings().stt_provider == "stub"
