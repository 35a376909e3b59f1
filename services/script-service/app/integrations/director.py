"""The local script writer: no account, no network, the same film for the same property."""

import asyncio

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.director import MODEL, direct


class LocalDirector:
    """Writes scripts by rules (`services.ports.ScriptWriter`)."""

    provider = "stub"
    model = MODEL

    async def write(self, brief: ScriptBrief) -> ScriptDraft:
        """A draft, made in a thread: a long description takes a while to read."""
        return await asyncio.to_thread(direct, brief)
