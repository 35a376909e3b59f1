"""A service's life in its fork: its database is migrated, then it serves until SIGTERM."""

import asyncio
import importlib
import sys

from common.config import load_settings
from common.db import Database
from common.relay import republish_all


def migrate_and_serve(name: str, *, republish: bool) -> None:
    """Runs the service whose folder is the current one.

    With `republish`, what its outbox still holds is published again: the broker has forgotten it.
    """
    service = importlib.import_module("app.main")
    sys.argv = [name, "migrate"]
    service.main()
    if republish:
        asyncio.run(_republish())
    sys.argv = [name, "serve"]
    service.main()


async def _republish() -> None:
    database = Database(load_settings(importlib.import_module("app.core.config").Settings))
    await database.open()
    try:
        await republish_all(database)
    finally:
        await database.close()
