"""What of the environment the development stack itself reads (SPEC §6 and §7)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_MOST_OFFSET = 50_000
_POSTGRES_PORT = 5433
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


class BadOption(ValueError):  # noqa: N818 - says what it is
    """A value that cannot be used; the message names the variable and what is allowed."""


@dataclass(frozen=True, slots=True)
class StackOptions:
    """How a stack is laid out. `data` None: databases and files are gone when it ends.

    With `fake_providers`, everything that can be bought is bought from fakes; otherwise films may
    spend real money when `buys_clips`.
    """

    port_offset: int
    data: Path | None
    postgres_host: str | None
    postgres_port: int
    kafka: str | None
    fake_providers: bool
    buys_clips: bool

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """From PORT_OFFSET, DEV_DATA, POSTGRES_*, KAFKA_BOOTSTRAP_SERVERS, FAKE_PROVIDERS and
        RUNWAY_MODE; raises BadOption.
        """
        offset = _number(environment, "PORT_OFFSET", 0, _MOST_OFFSET)
        data = environment.get("DEV_DATA")
        host = environment.get("POSTGRES_HOST") or None
        default_port = _POSTGRES_PORT if host else _POSTGRES_PORT + offset
        return cls(
            port_offset=offset,
            data=Path(data).expanduser().resolve() if data else None,
            postgres_host=host,
            postgres_port=_number(environment, "POSTGRES_PORT", default_port, 65_535),
            kafka=environment.get("KAFKA_BOOTSTRAP_SERVERS") or None,
            fake_providers=_yes(environment, "FAKE_PROVIDERS"),
            buys_clips=environment.get("RUNWAY_MODE") == "live",
        )


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or int(given) > most:
        raise BadOption(f"{name}={given}: give a whole number from 0 to {most}")
    return int(given)


def _yes(environment: Mapping[str, str], name: str) -> bool:
    given = environment.get(name, "").strip().lower()
    if given not in _YES | _NO:
        raise BadOption(f"{name}={given}: give true or false")
    return given in _YES
