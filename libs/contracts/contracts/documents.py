"""Files that are generated from the models: writing them, and telling when they are out of date."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def wants_check(description: str) -> bool:
    """Reads a generator's command line: whether it shall check its files rather than write them."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    checks: bool = parser.parse_args().check
    return checks


def write_all(documents: Mapping[Path, str]) -> None:
    """Writes the documents, creating their folders."""
    for path, text in documents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def out_of_date(documents: Mapping[Path, str]) -> list[Path]:
    """Which of the documents are missing or say something else."""
    return [
        path
        for path, text in documents.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def exit_if_any(outdated: Iterable[Path]) -> None:
    """Ends the process with 1 and one line that names the files, if there are any."""
    if names := ", ".join(str(path.relative_to(REPOSITORY)) for path in outdated):
        sys.exit(f"out of date: {names} (run `make documents`)")
