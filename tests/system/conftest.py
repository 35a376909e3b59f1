"""Fixtures: the whole platform as `make dev` runs it, on free ports, at the smallest profile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.platform import Platform


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A running platform of this module's own."""
    with Platform.started(tmp_path_factory.mktemp("platform")) as platform:
        yield platform


@pytest.fixture
def fresh_platform(tmp_path: Path) -> Iterator[Platform]:
    """A running platform of this test's own, to be broken."""
    with Platform.started(tmp_path) as platform:
        yield platform
