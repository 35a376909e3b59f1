"""The local script writer: no account, no network, the same film for the same property."""

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.director import MODEL, direct


class LocalDirector:
    """Writes scripts by rules (`services.ports.ScriptWriter`)."""

    provider = "stub"
    model = MODEL

    async def write(self, brief: ScriptBrief) -> ScriptDraft:
        """A draft, in a few milliseconds."""
        return direct(brief)
