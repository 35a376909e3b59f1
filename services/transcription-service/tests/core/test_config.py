from pathlib import Path

import pytest

from app.core.config import Settings
from devstack.testing import Refusal

BAD = [
    ({"STT_PROVIDER": "whisper"}, "STT_PROVIDER", "'stub', 'openai' or 'local'"),
    ({"STT_PROVIDER": "openai"}, "STT_PROVIDER", "OPENAI_API_KEY"),
    ({"STT_PROVIDER": "local"}, "STT_PROVIDER", "STT_LOCAL_MODEL"),
    ({"STT_PROVIDER": "local", "STT_LOCAL_MODEL": "/nowhere"}, "STT_LOCAL_MODEL", "model.bin"),
    ({"STT_MAX_MINUTES": "0"}, "STT_MAX_MINUTES", "1"),
    ({"OPENAI_STT_FORMAT": "srt"}, "OPENAI_STT_FORMAT", "'json' or 'verbose_json'"),
    ({"OPENAI_BASE_URL": "http://example.org"}, "OPENAI_BASE_URL", "use https"),
]


@pytest.mark.parametrize(("variables", "name", "allowed"), BAD)
def test_a_bad_setting_stops_the_start_with_one_line_that_says_what_is_allowed(
    refusal: Refusal, variables: dict[str, str], name: str, allowed: str
) -> None:
    line = refusal(Settings, **variables)
    assert name in line
    assert allowed in line


def test_a_local_model_without_its_package_is_told_how_to_get_it(
    refusal: Refusal, tmp_path: Path
) -> None:
    (tmp_path / "model.bin").touch()
    line = refusal(Settings, STT_PROVIDER="local", STT_LOCAL_MODEL=str(tmp_path))
    assert "install the extra `local`" in line


def test_the_stub_is_the_default() -> None:
    assert Settings().stt_provider == "stub"
