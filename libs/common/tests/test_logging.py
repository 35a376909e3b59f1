"""Promise 8: one event per line, and nothing secret in any."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

KEY = "sk-the-old-key"
PASSWORD = 'pass"word-1'
SETTINGS = {"API_KEY": f"sk-the-new-key,{KEY}", "POSTGRES_PASSWORD": PASSWORD}


@cache
def said(**settings: str) -> str:
    """What the talkative process writes with these settings."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.talkative"],
        env={**os.environ, **SETTINGS, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def lines() -> dict[str, dict[str, Any]]:
    """What is said, one JSON object per line, by event."""
    events = [json.loads(line) for line in said().splitlines()]
    return {event["event"]: event for event in events}


def test_a_line_says_when_who_what_and_for_which_request(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["something_happened"]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "something_happened",
        "level": "info",
        "logger": "talkative",
        "service": "talkative",
        "correlation_id": "from-the-request",
        "count": 3,
        "place": "Besançon",
    }


def test_the_standard_librarys_loggers_say_it_the_same_way(
    lines: dict[str, dict[str, Any]],
) -> None:
    line = lines["connecting with ***"]
    assert (line["level"], line["logger"], line["service"]) == ("warning", "a.library", "talkative")


def test_the_level_is_a_setting_and_chatty_libraries_are_silent(
    lines: dict[str, dict[str, Any]],
) -> None:
    assert "details" not in lines
    assert "GET https://example.com" not in lines
    assert "details" in said(LOG_LEVEL="debug")


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_no_secret_is_in_any_line(log_format: str) -> None:
    everything = said(LOG_FORMAT=log_format)
    assert len(everything.splitlines()) >= 8
    for secret in ("sk-the-new-key", KEY, PASSWORD, json.dumps(PASSWORD)[1:-1], "Bearer abc"):
        assert secret not in everything
    assert "whatever" not in everything


def test_what_is_masked_can_still_be_understood(lines: dict[str, dict[str, Any]]) -> None:
    assert lines["in_a_value"]["reason"] == "*** was refused"
    assert lines["in_a_tree"]["request"] == {"headers": [{"Authorization": "***"}, "***"]}
    assert lines["by_its_name"]["openai_api_key"] == "***"
    assert "'cannot connect with ***'" in lines["in_a_traceback"]["exception"]


def test_a_default_that_is_a_word_is_no_secret() -> None:
    everything = said(POSTGRES_PASSWORD="postgres")
    assert '"host": "postgres"' in everything


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_no_control_character_reaches_a_terminal(log_format: str) -> None:
    everything = said(LOG_FORMAT=log_format)
    assert "asked_for" in everything
    assert all(char.isprintable() or char == "\n" for char in everything)
