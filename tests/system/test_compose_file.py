"""`docker-compose.yml` against what it runs: nothing can be set that does not arrive."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from devstack.fakes.settings import FIRST_PORT, LIVE, fakes_at

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
PARTS: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
SERVICES = [name for name in PARTS if name.endswith("-service")]

#: The defaults of what is filled in, and what the example shows as defaults.
FILLED_IN = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE))
EXPLAINED = dict(re.findall(r"^#(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))

#: What the image or the service's own defaults decide.
DECIDED = {"SERVICE_NAME", "PORT", "HOST", "POSTGRES_DB", "ROLE"}


def settings_of(service: str) -> set[str]:
    """The variables that the service reads."""
    names = "[name.upper() for name in Settings.model_fields]"
    program = f"import json; from app.core.config import Settings; print(json.dumps({names}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT / "services" / service,
        stdout=subprocess.PIPE,
        check=True,
        timeout=30,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_of_a_service_reaches_its_container(service: str) -> None:
    part = PARTS[service]
    needless = set() if "volumes" in part else {"STORAGE_URL"}

    assert settings_of(service) - DECIDED - needless - set(part["environment"]) == set()


def test_what_can_be_set_is_what_the_example_explains() -> None:
    environments = [part.get("environment", {}) for part in PARTS.values()]
    passed_on = {name for one in environments for name, value in one.items() if value is None}

    assert passed_on | set(FILLED_IN) == set(EXPLAINED)


def test_the_example_shows_the_defaults_of_the_compose_file() -> None:
    shown = {name: EXPLAINED[name] for name in FILLED_IN}

    assert shown == FILLED_IN


def test_ports_are_open_to_this_machine_only() -> None:
    ports = [port for part in PARTS.values() for port in part.get("ports", [])]

    assert len(ports) == 7
    assert all(port.startswith("127.0.0.1:") for port in ports)


class _WithReset(yaml.SafeLoader):
    """Knows `!reset`, by which Compose takes back what another file says."""


_WithReset.add_constructor("!reset", lambda _loader, _node: [])


def test_with_fakes_everything_that_can_be_bought_is_bought_from_them() -> None:
    fakes = (ROOT / "deploy/docker/compose.fakes.yml").read_text()
    parts = yaml.load(fakes, Loader=_WithReset)["services"]
    told: dict[str, str] = {}
    for name, part in parts.items():
        if not name.endswith("-fakes"):
            told |= part["environment"]
            assert part["network_mode"] == f"service:{name}-fakes"
            assert parts[f"{name}-fakes"]["ports"] == PARTS[name]["ports"]

    assert told == {**LIVE, **fakes_at(FIRST_PORT)}
