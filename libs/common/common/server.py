"""The command line of a service: `python -m app.main [serve | migrate | wait-migrated]`."""

import argparse
import gc
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from common.config import BadSetting, ServiceSettings, SettingsT, load_settings, refuse
from common.logging import configure_logging
from common.migrations import CannotMigrate, migrate, wait_until_migrated

_GRACEFUL_SHUTDOWN_S = 5
_NEW_OBJECTS = 10_000
_TERMINATED = 128 + signal.SIGTERM


def run(
    settings_type: type[SettingsT], build: Callable[[SettingsT], FastAPI], service_root: Path
) -> None:
    """The command line of a service.

    `serve` (the default) answers requests until SIGTERM or Ctrl-C, and exits 0 in under 30 s.
    `migrate` brings the database to the revision of this code, and ends; with 1 when it cannot.
    `wait-migrated` ends once somebody has done so.
    """
    parser = argparse.ArgumentParser()
    verbs = ["serve", "migrate", "wait-migrated"]
    parser.add_argument("verb", nargs="?", choices=verbs, default="serve")
    chosen = parser.parse_args().verb
    settings = load_settings(settings_type)
    configure_logging(settings)
    # The kernel spares a container's first process a signal that it has no handler for.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    match chosen:
        case "serve":
            serve(settings, _built(settings, build))
        case "migrate":
            try:
                migrate(settings, service_root)
            except CannotMigrate as failure:
                sys.exit(f"cannot migrate: {failure}")
        case "wait-migrated":
            wait_until_migrated(settings, service_root)


def _built(settings: SettingsT, build: Callable[[SettingsT], FastAPI]) -> FastAPI:
    try:
        return build(settings)
    except BadSetting as error:
        refuse(str(error))


def serve(settings: ServiceSettings, app: FastAPI) -> None:
    """Serves until SIGTERM or SIGINT; requests get a few seconds to end first."""
    # uvicorn raises the signal again once it has shut down: this makes that an exit with 0.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _spare_the_garbage_collector()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACEFUL_SHUTDOWN_S,
        timeout_keep_alive=30,
    )


def _spare_the_garbage_collector() -> None:
    """What is there for good is never looked through again, and what is new not at every request:
    a request makes hundreds of objects, nearly all of which are gone with it. A tenth of its time.

    Nothing is collected before: that would write to all memory that forked services share.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
