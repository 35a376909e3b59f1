"""`python -m app.integrations.mediainfo`: what media files hold, one line of JSON per path.

Runs as a confined child of the worker (`common.children`).
"""

import json

from pymediainfo import MediaInfo

from common.confined import Say, allow_cpu, answer_requests, confine

_CPU_S = 20
_MEMORY_BYTES = 1 << 30


def main() -> None:
    """Answers paths until there are no more."""
    confine(memory_bytes=_MEMORY_BYTES)
    answer_requests(_answer)


def _answer(path: str, say: Say) -> None:
    """Says `{"tracks": ["Video", "Audio", …], "duration_s": 12.3 or null}`."""
    allow_cpu(_CPU_S)
    tracks = MediaInfo.parse(path).tracks
    durations_ms = [float(track.duration) for track in tracks if track.duration is not None]
    found = {
        "tracks": [track.track_type for track in tracks],
        "duration_s": max(durations_ms) / 1000 if durations_ms else None,
    }
    say(json.dumps(found))


if __name__ == "__main__":
    main()
