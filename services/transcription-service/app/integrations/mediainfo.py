"""`python -m app.integrations.mediainfo FILE`: what a media file holds, as one line of JSON.

Runs as a child of the worker, since a parser of untrusted bytes may crash, hang or grow: it
limits itself before it opens the file, and costs its job no more than its reason.
"""

import json
import resource
import sys

from pymediainfo import MediaInfo

_CPU_S = 20
_MEMORY_BYTES = 1 << 30


def main() -> None:
    """Prints `{"tracks": ["Video", "Audio", …], "duration_s": 12.3 or null}`."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tracks = MediaInfo.parse(sys.argv[1]).tracks
    durations_ms = [float(track.duration) for track in tracks if track.duration is not None]
    found = {
        "tracks": [track.track_type for track in tracks],
        "duration_s": max(durations_ms) / 1000 if durations_ms else None,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
