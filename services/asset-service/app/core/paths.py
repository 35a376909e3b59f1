"""Where an asset's bytes lie: keys under the asset root.

A `file_path` is a path under the root, relative or with the prefix `/data/assets/`; it is taken
literally (`%2e` is three characters). What the service stores itself lies under `uploads/`, named
after its asset: such a key is an asset's own, to be deleted with it; any other is a reference to a
file that somebody else looks after.
"""

import posixpath
import re
from uuid import UUID

from common.errors import AppError, Unprocessable

ROOT_PREFIX = "/data/assets/"
_UPLOADS = "uploads"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

#: What file systems hold: of a name, and (as buckets do) of a whole key, in bytes of UTF-8.
_MOST_NAME_BYTES, _MOST_KEY_BYTES = 255, 1024

#: Names that the storage keeps for files it is about to rename.
_RESERVED = re.compile(r"#\d+$")


def storage_key(file_path: str) -> str:
    """The key that a `file_path` means.

    Raises AppError `path_outside_asset_root`, and Unprocessable for what cannot be a file's path.
    """
    if _CONTROL.search(file_path):
        raise Unprocessable("file_path must not hold control characters")
    relative = file_path.removeprefix(ROOT_PREFIX)
    key = posixpath.normpath(relative)
    if relative.startswith("/") or key == ".." or key.startswith("../"):
        raise outside_root(file_path)
    if key == "." or relative.endswith("/"):
        raise Unprocessable(f"file_path {file_path!r} names a folder, not a file")
    if _RESERVED.search(key):
        raise Unprocessable(f"file_path {file_path!r} must not end in # and a number")
    if len(key.encode()) > _MOST_KEY_BYTES or any(
        len(name.encode()) > _MOST_NAME_BYTES for name in key.split("/")
    ):
        raise Unprocessable(
            f"file_path is too long: a name may have {_MOST_NAME_BYTES} bytes,"
            f" a whole path {_MOST_KEY_BYTES:,}"
        )
    return key


def outside_root(file_path: str) -> AppError:
    """The refusal of a path that leaves the root."""
    return AppError(
        f"file_path {file_path!r} is outside the asset root: give a path relative to it,"
        f" or one that starts with {ROOT_PREFIX}",
        code="path_outside_asset_root",
    )


def upload_key(asset_id: UUID, upload_id: UUID, extension: str) -> str:
    """The key of one upload; every upload has its own, so that none ever replaces another."""
    return f"{_own_prefix(asset_id)}{upload_id}{extension}"


def own_key(asset_id: UUID, file_path: str | None) -> str | None:
    """The key of bytes that were stored for this asset and go with it; None for references."""
    key = storage_key(file_path) if file_path is not None else ""
    return key if key.startswith(_own_prefix(asset_id)) else None


def _own_prefix(asset_id: UUID) -> str:
    return f"{_UPLOADS}/{asset_id}-"
