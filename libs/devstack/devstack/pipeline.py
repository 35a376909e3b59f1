"""From a property's facts and pictures to its film, as an agency would do it over REST."""

import json
import mimetypes
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from devstack import accounts
from devstack.client import PlatformClient, Refused

_LOOK_EVERY_S = 0.4

#: How long a recording is waited for whose provider does not answer, in seconds.
_WAIT_FOR_WORDS_S = 20.0

#: What asset-service answers when it will not have a file: too large, unknown, broken.
_UNFIT = frozenset({413, 415, 422})
_KINDS = {"image": "photo", "video": "video", "audio": "audio"}
_PLAN_NAME = re.compile(r"(^|[^a-z])(plan|floor_?plan)([^a-z]|$)")


class FilmFailed(RuntimeError):  # noqa: N818 - says what happened
    """The platform could not make the film; the message says why."""


class NothingToFilm(ValueError):  # noqa: N818 - says what is wrong
    """The folder or the facts cannot be used; the message says what is wanted."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to film, and how. `facts` is the body of `POST /pois`."""

    facts: dict[str, Any]
    media: tuple[Path, ...]
    language: str
    aspect_ratio: str
    duration_s: int
    tone: str


class Reporter(Protocol):
    """Hears how it goes."""

    def step(self, text: str) -> None:
        """Something is done."""

    def progress(self, stage: str, percent: int) -> None:
        """How far the film is."""


def read_facts(file: Path | None, photos: Path) -> dict[str, Any]:
    """The facts in a JSON file, or just a name made of the folder's; raises NothingToFilm."""
    if file is None:
        return {"name": re.sub(r"[\W_]+", " ", photos.resolve().name).strip().title() or "Property"}
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NothingToFilm(f"FACTS={file} cannot be read: {error}") from error
    if not isinstance(facts, dict):
        raise NothingToFilm(f"FACTS={file} must hold one JSON object, as POST /pois takes it")
    return facts


def find_media(folder: Path) -> tuple[Path, ...]:
    """The pictures, videos and sounds in a folder, by name; raises NothingToFilm."""
    if not folder.is_dir():
        raise NothingToFilm(f"PHOTOS={folder} is not a folder")
    found = tuple(sorted(file for file in folder.iterdir() if _kind(file) is not None))
    if not found:
        raise NothingToFilm(f"PHOTOS={folder} holds no picture (.jpg, .png, .webp …)")
    return found


def make_film(
    client: PlatformClient, wish: Wish, reporter: Reporter, wait: Callable[[float], None]
) -> dict[str, Any]:
    """The completed render of a new property.

    `wait` passes so many seconds. Raises client.Refused and FilmFailed.
    """
    poi = client.post("poi", "/pois", json=wish.facts)
    reporter.step(f"registered {poi['name']} ({poi['id']})")
    for verb in ("validate", "publish"):
        client.post("poi", f"/pois/{poi['id']}/{verb}")
    reporter.step("validated and published")
    for asset in upload_media(client, poi["id"], wish.media, reporter):
        if asset["asset_type"] in {"video", "audio"}:
            _transcribe(client, asset, reporter, wait)
    script = client.post(
        "script",
        "/scripts/generate",
        query={
            "poi_id": poi["id"],
            "language": wish.language,
            "aspect_ratio": wish.aspect_ratio,
            "duration_s": wish.duration_s,
            "tone": wish.tone,
        },
    )
    scenes = len(script["scenes"])
    reporter.step(
        f"wrote “{script['title']}”: {scenes} scenes, {script['total_duration_s']:.1f} s"
        f"{accounts.of_script(script)}"
    )
    return _follow(client, script["id"], poi["id"], reporter, wait)


def upload_media(
    client: PlatformClient, poi_id: str, media: Sequence[Path], reporter: Reporter
) -> list[dict[str, Any]]:
    """The assets made of the files; one that is refused is told, and costs only itself.

    Raises FilmFailed when every file is refused, and client.Refused for any other refusal.
    """
    assets: list[dict[str, Any]] = []
    refusals: list[str] = []
    for file in media:
        try:
            asset = client.upload("asset", "/assets/upload", file, _fields(poi_id, file))
        except Refused as refused:
            if refused.status not in _UNFIT:
                raise
            refusals.append(f"{file.name}: {refused.reason}")
            reporter.step(f"left out {refusals[-1]}")
        else:
            assets.append(asset)
            reporter.step(f"uploaded {file.name} ({_seen_in(asset)})")
    if not assets:
        raise FilmFailed(f"no file can be used; {refusals[-1]}")
    _hint_at_rooms(assets, reporter)
    return assets


def slug(name: str) -> str:
    """A file name of a title: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "film"


def _kind(file: Path) -> str | None:
    """The asset type of a file by its name; None for what is no medium."""
    kind = (mimetypes.guess_type(file.name)[0] or "").partition("/")[0]
    if kind == "image" and _PLAN_NAME.search(file.stem.lower()):
        return "plan"
    return _KINDS.get(kind) if file.is_file() else None


def _fields(poi_id: str, file: Path) -> dict[str, str]:
    return {"poi_id": poi_id, "name": file.name, "asset_type": _kind(file) or "photo"}


def _seen_in(asset: dict[str, Any]) -> str:
    if asset["asset_type"] in {"photo", "plan"}:
        return f"{asset['room'].replace('_', ' ')}, {asset['width']}×{asset['height']}"
    return f"{asset['asset_type']}, {asset['duration_s'] or 0:.1f} s"


def _hint_at_rooms(assets: Sequence[dict[str, Any]], reporter: Reporter) -> None:
    """Says how the photos get a room that nothing tells it of."""
    unknown = sum(asset["asset_type"] == "photo" and asset["room"] == "other" for asset in assets)
    if unknown:
        photos = "1 photo: name it" if unknown == 1 else f"{unknown} photos: name them"
        reporter.step(
            f"room unknown for {photos} salon.jpg, kitchen-1.jpg …, or set it"
            " with PATCH /assets/{id}"
        )


def _transcribe(
    client: PlatformClient,
    asset: dict[str, Any],
    reporter: Reporter,
    wait: Callable[[float], None],
) -> None:
    """Has a recording listened to; what fails is told, and costs only its words."""
    query = {"poi_id": asset["poi_id"], "asset_video_id": asset["id"]}
    job = client.post("transcription", "/transcriptions/start", query=query)
    trouble: dict[str, Any] = {}
    patience_s = _WAIT_FOR_WORDS_S
    while job["status"] not in {"completed", "failed"} and patience_s > 0:
        wait(_LOOK_EVERY_S)
        job = client.get("transcription", f"/transcriptions/{job['id']}")
        trouble = job["error"] or trouble
        patience_s -= _LOOK_EVERY_S if trouble else 0
    if job["status"] == "completed":
        reporter.step(f"listened to {asset['name']}")
    else:
        reporter.step(f"nobody listened to {asset['name']}: {accounts.said(trouble)}")


def _follow(
    client: PlatformClient,
    script_id: str,
    poi_id: str,
    reporter: Reporter,
    wait: Callable[[float], None],
) -> dict[str, Any]:
    """Watches the render that the script's event starts, until it is finished."""
    started = time.monotonic()
    told: set[str] = set()
    while True:
        renders = client.get("render", "/renders", poi_id=poi_id)
        render = next((r for r in renders if r["script_id"] == script_id), None)
        if render is not None:
            reporter.progress(render["stage"], render["progress"])
            for trouble in accounts.troubles(render):
                if trouble not in told:
                    reporter.step(trouble)
                    told.add(trouble)
            if render["status"] == "completed":
                _tell_filmed(client, render, time.monotonic() - started, reporter)
                return dict(render)
            if render["status"] in {"failed", "cancelled"}:
                error = render["error"] or {"code": render["status"], "detail": "no reason given"}
                raise FilmFailed(accounts.said(error))
        wait(_LOOK_EVERY_S)


def _tell_filmed(
    client: PlatformClient, render: dict[str, Any], took_s: float, reporter: Reporter
) -> None:
    manifest = client.get("render", render["manifest_url"])
    told = (accounts.of_clips(render), f"filmed in {took_s:.1f} s", accounts.of_voice(manifest))
    for line in filter(None, told):
        reporter.step(line)
