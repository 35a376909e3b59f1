"""The composition root of asset-service."""

import tempfile
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

from app.api.receiving import MAX_FORM_BYTES
from app.api.routers import assets as asset_endpoints
from app.api.routers import contents as content_endpoints
from app.core.config import Settings
from app.integrations.inspection import ChildInspector
from app.services.assets import Assets
from app.services.caretaking import Caretaker
from app.services.contents import Contents
from app.services.discarding import DISCARD_JOB, Discarding, DiscardJob
from app.services.shelf import Shelf
from app.services.spool import Spool
from common.app import Platform, Service, create_app
from common.jobs import Jobs
from common.middleware.body_limit import BodyLimit, json_limit
from common.server import run
from common.storage import Storage
from common.workers import JobWorker

ROOT = Path(__file__).resolve().parent.parent

CODES = {
    "content_changed": "the file that the asset refers to is another one by now",
    "content_empty": "the file has no bytes",
    "content_missing": "the asset has no content",
    "content_unreadable": "the file is broken, or ends before it should",
    "image_too_large": "the picture has more than MAX_IMAGE_MEGAPIXELS",
    "path_outside_asset_root": "file_path leaves the asset root",
    "upload_interrupted": "the sender went away before the end of the upload",
}

#: How often missing files are looked for: asking a bucket costs money and time.
_ROUNDS_OF_FOLDER = timedelta(seconds=5)
_ROUNDS_OF_BUCKET = timedelta(minutes=1)


def build(settings: Settings) -> FastAPI:
    """The app; nothing connects before it starts."""
    platform = Platform.of(settings)
    storage = Storage.at(settings.storage_url)
    jobs = Jobs(platform.database)
    discarding = Discarding(jobs)
    spool = Spool(_incoming(storage), max_bytes=settings.max_upload_bytes)
    inspector = ChildInspector(max_megapixels=settings.max_image_megapixels)
    shelf = Shelf(storage, spool, inspector)
    parts = (platform.database, platform.outbox, shelf, discarding)
    assets = Assets(*parts)
    caretaker = Caretaker(
        platform.database,
        shelf,
        assets,
        spool,
        every=_ROUNDS_OF_FOLDER if storage.local_root else _ROUNDS_OF_BUCKET,
    )
    return create_app(
        platform,
        Service(
            title="asset-service",
            root=ROOT,
            routers=[content_endpoints.router, asset_endpoints.router],
            workers=[JobWorker(jobs, {DISCARD_JOB: DiscardJob(storage)}), caretaker],
            body_limit=_body_limit(settings.max_upload_bytes),
            codes=CODES,
            on_close=[inspector.close],
            state={
                "assets": assets,
                "contents": Contents(*parts),
                "shelf": shelf,
                "spool": spool,
                "storage": storage,
            },
        ),
    )


def _incoming(storage: Storage) -> Path:
    """Where files are written as they arrive: where a whole one only has to be renamed, if any."""
    if storage.local_root is not None:
        return storage.local_root / ".incoming"
    return Path(tempfile.gettempdir()) / "asset-service-incoming"


def _body_limit(max_upload_bytes: int) -> BodyLimit:
    """Files may be as large as the settings say, everything else as large as JSON may be."""

    def limit(method: str, path: str) -> int:
        if (method, path) == ("POST", "/assets/upload"):
            return max_upload_bytes + MAX_FORM_BYTES
        if method == "PUT" and path.endswith("/content"):
            return max_upload_bytes
        return json_limit(method, path)

    return limit


def main() -> None:
    """The command line."""
    run(Settings, build, ROOT)


if __name__ == "__main__":
    main()
