"""`make demo`: the whole pipeline on sample pictures or one's own, ending with a film.

The last line is `video: <path>`. Nothing is left running, and nothing left behind but the film
with its captions and poster, and when something went wrong the services' logs, and what real money
was spent on.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from itertools import chain, count
from pathlib import Path
from typing import Any

from devstack.client import PlatformClient, Refused
from devstack.options import BadOption, StackOptions
from devstack.pipeline import (
    FilmFailed,
    NothingToFilm,
    Wish,
    find_media,
    make_film,
    read_facts,
    slug,
)
from devstack.progress import BarProgress, PlainProgress, reporter
from devstack.services import ROOT, SERVICES
from devstack.signals import Stopped, StopSignals
from devstack.stack import Stack, StackFailed, say

_SAMPLES = ROOT / "data" / "assets"
_SAMPLE_FACTS = _SAMPLES / "villa.json"
_STOPPED = 130

#: A film and what is saved beside it.
_SAVED = (".mp4", ".vtt", ".jpg")


def main() -> int:
    """Makes the film; 0 when it is there, 1 when it failed, 2 for unusable input, 130 stopped."""
    arguments = _parse(sys.argv[2:])
    try:
        options = StackOptions.read()
        wish = _wish(arguments)
    except (BadOption, NothingToFilm) as error:
        say(str(error))
        return 2
    logs = Path(tempfile.mkdtemp(prefix="poi-video-logs-"))
    video = None
    try:
        video = _film(options, wish, logs, arguments.out.resolve())
    except Stopped:
        say("stopped")
        return _STOPPED
    except (StackFailed, Refused, FilmFailed) as failure:
        say(f"no film: {failure}")
        return 1
    finally:
        if video is None and any(log.stat().st_size for log in logs.iterdir()):
            say(f"the services' logs are in {logs}")
        else:
            shutil.rmtree(logs, ignore_errors=True)
    sys.stdout.write(f"video: {video}\n")
    return 0


def free_name(folder: Path, name: str) -> Path:
    """`name`.mp4 in `folder`, or `name`-2.mp4 …: where no earlier film, captions or poster are."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    videos = (folder / f"{free}.mp4" for free in names)
    return next(v for v in videos if not any(v.with_suffix(s).exists() for s in _SAVED))


def _film(options: StackOptions, wish: Wish, logs: Path, out: Path) -> Path:
    with StopSignals() as signals, reporter() as report:
        started = time.monotonic()
        report.step("starting PostgreSQL, a broker and five services")
        with Stack(options, signals, logs=logs) as stack:
            report.step(f"ready after {time.monotonic() - started:.1f} s")
            if options.fake_providers:
                report.step("OpenAI and Runway are played by fakes: a voice is a tone here")
            try:
                return _play(stack, wish, out, report)
            except BaseException:
                if options.buys_clips and not options.fake_providers:
                    say(
                        "what was paid for, if anything, is kept: start the platform with `make"
                        f" dev DEV_DATA={stack.keep()}`, look at GET /renders, and go on with"
                        " POST /renders/retry/{id}"
                    )
                raise


def _play(stack: Stack, wish: Wish, out: Path, report: PlainProgress | BarProgress) -> Path:
    def wait(seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            stack.tend()

    urls = {service.name: stack.url(service.name) for service in SERVICES}
    key = (os.environ.get("API_KEY") or "dev-api-key").partition(",")[0].strip()
    client = PlatformClient(urls, key, wait)
    render = make_film(client, wish, report, wait)
    return _save(client, render, out, f"{slug(wish.facts['name'])}-{wish.aspect_ratio}")


def _save(client: PlatformClient, render: dict[str, Any], out: Path, name: str) -> Path:
    """The film in `out`, with its captions and poster beside it, next to those of earlier runs."""
    out.mkdir(parents=True, exist_ok=True)
    video = free_name(out, name.replace(":", "x"))
    client.download("render", render["video"]["url"], video)
    client.download("render", render["captions_url"], video.with_suffix(".vtt"))
    client.download("render", render["poster_url"], video.with_suffix(".jpg"))
    return video


def _wish(arguments: argparse.Namespace) -> Wish:
    own = arguments.photos is not None
    photos: Path = arguments.photos if own else _SAMPLES
    facts: Path | None = arguments.facts or (None if own else _SAMPLE_FACTS)
    return Wish(
        facts=read_facts(facts, photos),
        media=find_media(photos),
        language=arguments.language,
        aspect_ratio=arguments.aspect_ratio,
        duration_s=arguments.duration_s,
        tone=arguments.tone,
    )


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--photos", type=Path, help="a folder of pictures, videos and sounds")
    parser.add_argument("--facts", type=Path, help="a JSON file in the shape of POST /pois")
    parser.add_argument("--language", choices=["fr", "en"], default="fr")
    parser.add_argument("--aspect-ratio", choices=["16:9", "9:16", "1:1"], default="16:9")
    parser.add_argument("--duration-s", type=int, default=30, help="15 to 90")
    parser.add_argument(
        "--tone", choices=["neutral", "warm", "luxury", "dynamic"], default="neutral"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "out")
    return parser.parse_args(arguments)
