"""`python -m app.integrations.inspector`: what files are, one line of JSON per request.

Runs as a confined child of the service (`common.children`). Every file is looked into in a fork of
its own: a broken or hostile one leaves nothing behind for the next, and its memory is given back.
"""

import codecs
import json
import os
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import filetype  # type: ignore[import-untyped]

from app.core.media import DOCUMENTS, Media
from app.integrations.pictures import look_into_picture
from app.integrations.recordings import look_into_recording
from app.integrations.refusal import Refused
from common.confined import Say, allow_cpu, answer_requests, confine, die_with_parent

_CPU_S = 30

#: A picture of 100 megapixels takes up to 0.4 GB decoded, next to the file itself.
_MEMORY_BYTES = 3 << 30

_TEXT_SAMPLE_BYTES = 64 * 1024
_BINARY = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def main() -> None:
    """Answers requests until there are no more."""
    confine(memory_bytes=_MEMORY_BYTES)
    answer_requests(_answer_in_a_fork)


def _answer_in_a_fork(request: str, say: Say) -> None:
    """Has a fork answer; ends as the fork does when it fails, which tells the service why."""
    fork = os.fork()
    if fork == 0:
        _answer_and_leave(request, say)
    _, status = os.waitpid(fork, 0)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    if status:
        sys.exit(os.waitstatus_to_exitcode(status))


def _answer_and_leave(request: str, say: Say) -> NoReturn:
    die_with_parent()
    allow_cpu(_CPU_S)
    try:
        say(_answer(**json.loads(request)))
    except BaseException:  # noqa: BLE001 - a fork must not go on with its parent's work
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _answer(file: str, max_megapixels: int) -> str:
    """A Media, or why there is none, as `{"code": …, "detail": …}`."""
    try:
        return json.dumps(asdict(look_into(Path(file), max_megapixels=max_megapixels)))
    except Refused as refusal:
        return json.dumps({"code": refusal.code, "detail": refusal.detail})


def look_into(file: Path, *, max_megapixels: int) -> Media:
    """What the file is, going by its bytes alone. Raises Refused."""
    hint: str = filetype.guess_mime(file) or ""
    if hint in DOCUMENTS:
        return Media(hint)
    if _is_text(file):
        return Media("text/plain")
    if hint.startswith("image/"):
        return look_into_picture(file, hint, max_megapixels=max_megapixels)
    return look_into_recording(file, hint)


def _is_text(file: Path) -> bool:
    with file.open("rb") as content:
        sample = content.read(_TEXT_SAMPLE_BYTES)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return not _BINARY & set(sample)


if __name__ == "__main__":
    main()
