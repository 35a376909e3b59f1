"""`python -m app.integrations.extraction`: the sound of media files, and how loud it is when.

Runs as a confined child of the worker (`common.children`) and has ffmpeg, confined with it, do
the decoding. A request is `{"source", "wav", "levels", "most_s"}` as JSON; the answer is "" once
both files are there, or why they are not.
"""

import json
import math
import re
import subprocess
import tempfile
from array import array
from pathlib import Path

import imageio_ffmpeg  # type: ignore[import-untyped]

from app.core.pieces import LEVEL_STEP_S, SAMPLE_RATE
from common.confined import Say, allow_cpu, answer_requests, confine, die_with_parent

_MEMORY_BYTES = 2 << 30
_FILE_BYTES = 4 << 30
#: Decoding and measuring take far less; a decoder gone wild meets this first.
_CPU_S_PER_S, _FEWEST_CPU_S = 0.1, 60

#: What asset-service takes as video and audio: none of these reads other files by itself.
_DEMUXERS = "mov,matroska,mp3,wav,flac,ogg,aac,avi,mpegts,mpeg,asf,flv,aiff,caf,amr,w64"
_LEVEL = re.compile(rb"RMS_level=(-?inf|nan|-?[\d.]+)")


def main() -> None:
    """Answers requests until there are no more."""
    confine(memory_bytes=_MEMORY_BYTES, file_bytes=_FILE_BYTES)
    answer_requests(_answer)


def _answer(request: str, say: Say) -> None:
    asked = json.loads(request)
    allow_cpu(_FEWEST_CPU_S + int(asked["most_s"] * _CPU_S_PER_S))
    with tempfile.TemporaryDirectory(prefix="levels-") as folder:
        printed = Path(folder) / "levels.txt"
        reason = _extract(asked["source"], asked["wav"], printed, asked["most_s"])
        if not reason:
            levels = array("f", map(_decibels, _LEVEL.findall(printed.read_bytes())))
            with Path(asked["levels"]).open("wb") as file:
                levels.tofile(file)
    say(reason)


def _extract(source: str, wav: str, levels: Path, most_s: float) -> str:
    """Has ffmpeg write the sound and print its loudness; why it did not, or ""."""
    filters = (
        f"aresample={SAMPLE_RATE},aformat=sample_fmts=s16:channel_layouts=mono,"
        f"asetnsamples=n={int(SAMPLE_RATE * LEVEL_STEP_S)}:p=0,"
        "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=RMS_level,"
        f"ametadata=mode=print:key=lavfi.astats.Overall.RMS_level:file={levels}"
    )
    done = subprocess.run(  # noqa: S603 -- our own ffmpeg and arguments
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin"),
            *("-y", "-threads", "1", "-protocol_whitelist", "file", "-format_whitelist", _DEMUXERS),
            *("-i", source, "-map", "0:a:0", "-t", str(most_s), "-af", filters),
            *("-c:a", "pcm_s16le", "-bitexact", "-map_metadata", "-1", "-f", "wav", wav),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=die_with_parent,
        check=False,
    )
    if done.returncode == 0:
        return ""
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return f"ffmpeg ended with {done.returncode}: {''.join(said)[:300]}"


def _decibels(printed: bytes) -> float:
    level = float(printed)
    return -math.inf if math.isnan(level) else level


if __name__ == "__main__":
    main()
