import pytest

from app.core.config import Settings
from common.config import load_settings
from devstack.testing import Refusal


def test_scripts_are_written_locally_unless_told_otherwise() -> None:
    settings = load_settings(Settings)
    assert (settings.nlp_provider, settings.port) == ("stub", 8003)


BAD = [
    ({"NLP_PROVIDER": "other"}, "NLP_PROVIDER", "'stub' or 'openai'"),
    ({"NLP_PROVIDER": "openai"}, "NLP_PROVIDER", "OPENAI_API_KEY"),
    ({"NLP_PROVIDER": "openai", "OPENAI_API_KEY": " "}, "NLP_PROVIDER", "OPENAI_API_KEY"),
    ({"OPENAI_BASE_URL": "http://api.openai.com/v1"}, "OPENAI_BASE_URL", "use https"),
    ({"OPENAI_BASE_URL": "ftp://127.0.0.1"}, "OPENAI_BASE_URL", "https://"),
    ({"OPENAI_BASE_URL": "https://me:pw@example.org"}, "OPENAI_BASE_URL", "password"),
    ({"NLP_VISION": "true"}, "NLP_VISION", "NLP_PROVIDER=openai"),
    ({"OPENAI_TIMEOUT_S": "0"}, "OPENAI_TIMEOUT_S", "1"),
    ({"NLP_FALLBACK": "perhaps"}, "NLP_FALLBACK", "boolean"),
]


@pytest.mark.parametrize(("variables", "name", "allowed"), BAD)
def test_a_bad_setting_ends_the_process_with_one_line_that_says_what_is_allowed(
    refusal: Refusal, variables: dict[str, str], name: str, allowed: str
) -> None:
    line = refusal(Settings, **variables)
    assert name in line
    assert allowed in line
    assert "pw" not in line.replace("password", "")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9901/v1", "http://localhost:1/", "https://a.b"])
def test_a_provider_may_be_anywhere_by_https_and_here_by_http(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    assert load_settings(Settings).openai_base_url == url.rstrip("/")


def test_the_key_is_masked_wherever_settings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-live-secret")
    settings = load_settings(Settings)
    assert "sk-live-secret" not in f"{settings!r} {settings.model_dump_json()}"
    assert "sk-live-secret" in settings.secret_values()
