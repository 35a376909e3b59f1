"""Use case: show a script."""

from uuid import UUID

from app.db import scripts
from common.db import Queries
from common.errors import NotFoundError
from contracts.script import Script


async def show(queries: Queries, script_id: UUID) -> Script:
    """The script; raises NotFoundError."""
    script = await scripts.get(queries, script_id)
    if script is None:
        raise NotFoundError(f"there is no script {script_id}")
    return script
