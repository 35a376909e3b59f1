"""The local script writer: no account, no network, the same film for the same property."""

import asyncio

from app.core.brief import ScriptBrief
from app.core.director.director import MODEL, direct
from app.services.ports import Writing


class LocalDirector:
    """Writes scripts by rules (`services.ports.ScriptWriter`)."""

    provider = "stub"
    model = MODEL

    async def write(self, brief: ScriptBrief) -> Writing:
        """A draft, made in a thread: a long description takes a while to read."""
        return Writing(await asyncio.to_thread(direct, brief))
