"""SPEC §6: settings come from the environment, and a bad one ends the process with one line."""

import pytest

from common.config import Role, ServiceSettings, load_settings
from devstack.testing import Refusal


class Settings(ServiceSettings):
    """Those of a service."""

    service_name: str = "test-service"
    port: int = 8000
    postgres_db: str = "test_service"


def test_without_any_setting_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    settings = load_settings(Settings)
    assert settings.api_keys == ("dev-api-key",)
    assert (settings.postgres_host, settings.postgres_port) == ("localhost", 5433)
    assert settings.kafka_bootstrap_servers == "localhost:9092"
    assert settings.storage_url == "file:///data/assets"
    assert settings.poi_service_url == "http://localhost:8001"
    assert settings.asset_service_url == "http://localhost:8002"
    assert (settings.log_level, settings.log_format) == ("INFO", "json")


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("POSTGRES_PORT", "lots", "valid integer"),
        ("POSTGRES_PORT", "65536", "less than or equal to 65535"),
        ("APP_ENV", "staging", "'development' or 'production'"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("LOG_FORMAT", "xml", "'json' or 'text'"),
        ("ROLE", "boss", "'all', 'api' or 'worker'"),
        ("STORAGE_URL", "ftp://somewhere", "file:///"),
        ("POI_SERVICE_URL", "poi-service:8001", "https?://"),
        ("ASSET_SERVICE_URL", "http://", "https?://"),
        ("KAFKA_BOOTSTRAP_SERVERS", "localhost:port", "pattern"),
        ("KAFKA_BOOTSTRAP_SERVERS", "a:1,,b:2", "pattern"),
        ("API_KEY", " , ", "at least one key"),
        ("API_KEY", "clé", "printable ASCII"),
    ],
)
def test_a_bad_value_ends_the_process_with_one_line_that_names_the_variable(
    variable: str, value: str, told: str, refusal: Refusal
) -> None:
    line = refusal(Settings, **{variable: value})
    assert line.startswith("bad setting: ")
    assert variable in line
    assert told in line


def test_every_bad_value_is_named_at_once(refusal: Refusal) -> None:
    line = refusal(Settings, ROLE="boss", APP_ENV="staging")
    assert "ROLE" in line
    assert "APP_ENV" in line


def test_a_bad_secret_is_not_repeated(refusal: Refusal) -> None:
    assert "geh" not in refusal(Settings, API_KEY="gehéim-key")


@pytest.mark.parametrize("keys", ["dev-api-key", "a-real-key, dev-api-key"])
def test_production_refuses_the_development_key(keys: str, refusal: Refusal) -> None:
    line = refusal(Settings, APP_ENV="production", API_KEY=keys)
    assert "API_KEY must not be the development key" in line


def test_production_without_a_key_is_refused(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    monkeypatch.delenv("API_KEY", raising=False)
    assert "API_KEY" in refusal(Settings, APP_ENV="production")


def test_keys_rotate_by_a_list_and_calls_carry_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_KEY", "new-key, old-key,")
    monkeypatch.setenv("APP_ENV", "production")
    assert load_settings(Settings).api_keys == ("new-key", "old-key")


@pytest.mark.parametrize(
    "servers",
    ["broker", "broker:9092", "a:9092,b:9092", "a:9092, b:9092", "10.0.0.1:9092", "[::1]:9092"],
)
def test_brokers_are_named_as_kafka_clients_take_them(
    servers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", servers)
    assert load_settings(Settings).kafka_bootstrap_servers == servers


def test_a_variable_that_is_empty_is_as_one_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POSTGRES_PORT", "")
    monkeypatch.setenv("log_level", "debug")
    settings = load_settings(Settings)
    assert (settings.postgres_port, settings.log_level) == (5433, "DEBUG")


@pytest.mark.parametrize(
    ("role", "serves", "works"),
    [(Role.ALL, True, True), (Role.API, True, False), (Role.WORKER, False, True)],
)
def test_a_role_says_what_a_process_does(
    role: Role, serves: bool, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLE", role.value)
    settings = load_settings(Settings)
    assert (settings.serves_api, settings.works) == (serves, works)


def test_secrets_do_not_show_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_KEY", "hush-hush")
    monkeypatch.setenv("POSTGRES_PASSWORD", "mum-is-the-word")
    settings = load_settings(Settings)
    assert "hush" not in repr(settings)
    assert "mum" not in str(settings)
    assert settings.secret_values() == ("hush-hush", "mum-is-the-word")
