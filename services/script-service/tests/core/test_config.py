import pytest

from app.core.config import Settings
from common.config import load_settings


def test_scripts_are_written_locally_unless_told_otherwise() -> None:
    settings = load_settings(Settings)
    assert (settings.nlp_provider, settings.port) == ("stub", 8003)


@pytest.mark.parametrize("provider", ["openai", "other"])
def test_a_provider_that_is_not_at_hand_ends_the_process_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], provider: str
) -> None:
    monkeypatch.setenv("NLP_PROVIDER", provider)
    with pytest.raises(SystemExit) as end:
        load_settings(Settings)
    assert end.value.code != 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "NLP_PROVIDER" in said[0]
    assert "stub" in said[0]
