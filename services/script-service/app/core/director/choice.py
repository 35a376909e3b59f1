"""Choices that differ between properties and never between two runs on the same one."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from app.core.brief import ScriptBrief

Option = TypeVar("Option")


class Chooser:
    """Chooses by a stable hash of what the property says, of the order, and of an occasion.

    Neither ids nor times count: a property registered again gets the same film.
    """

    def __init__(self, brief: ScriptBrief) -> None:
        poi, order = brief.poi, brief.order
        said = poi.model_dump_json(include={"name", "description", "address", "poi_type", "facts"})
        self._seed = f"{said}|{order.language}|{order.tone}|{order.duration_s}"

    def choose(self, options: Sequence[Option], occasion: str) -> Option:
        """One of the options; raises ValueError when there is none."""
        if not options:
            raise ValueError(f"nothing to choose from for {occasion}")
        digest = sha256(f"{self._seed}|{occasion}".encode()).digest()
        return options[int.from_bytes(digest[:8]) % len(options)]
