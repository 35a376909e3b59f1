"""CONTRIBUTING: every dependency has a line in `docs/dependencies.md`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
OWN = re.compile("poi-video-")
#: What no pyproject.toml can name, and what the table says of it.
ELSEWHERE = ("(Go, pinned in", "(outside the locked environment)")


def declared() -> Iterator[str]:
    """The packages that the workspace asks for, without their extras and versions."""
    for file in (ROOT / "pyproject.toml", *ROOT.glob("*/*/pyproject.toml")):
        document = tomllib.loads(file.read_text())
        project = document["project"]
        groups = [
            project.get("dependencies", []),
            *project.get("optional-dependencies", {}).values(),
            *document.get("dependency-groups", {}).values(),
        ]
        for requirement in (one for group in groups for one in group):
            yield re.split(r"[^\w.-]", requirement)[0]


def explained() -> Iterator[str]:
    """The packages in the first column of the table."""
    rows = re.findall(r"^\| (.+?) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    for row in rows[1:]:
        if not any(said in row for said in ELSEWHERE):
            yield from re.sub(r"\(.*?\)|\[.*?\]", "", row).replace(" ", "").split(",")


def test_every_dependency_is_explained_and_every_explanation_has_its_dependency() -> None:
    asked_for = {name for name in declared() if not OWN.match(name)}
    assert set(explained()) == asked_for
