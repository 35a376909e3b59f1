"""The transcriber of a platform without speech recognition: it listens to nothing, and says so.

Its segments cover the recording's true duration, so that whatever shows or stores transcripts
can be tried. Its texts carry no number and no fact: none may end up in a script.
"""

from itertools import pairwise
from math import ceil

from app.core.heard import Transcript
from app.services.ports import Notes, Recording
from contracts.transcription import Segment

#: The length of a segment in seconds, about that of a spoken sentence.
_SEGMENT_S = 8.0

#: Long recordings get longer segments, so that a transcript always fits one Kafka record.
_MOST_SEGMENTS = 600

_NOT_CONFIGURED = (
    "Aucune reconnaissance vocale n’est configurée\u00a0: cet enregistrement n’a pas été transcrit."
    " / No speech recognition is configured: this recording was not transcribed."
)
_PASSAGE = "[passage non transcrit / passage not transcribed: no speech recognition configured]"
_NO_CONTENT = (
    "Cet enregistrement n’a pas encore de contenu\u00a0: il n’y avait rien à transcrire."
    " / This recording has no content yet: there was nothing to transcribe."
)


class StubTranscriber:
    """The local `services.ports.Transcriber`."""

    provider = "stub"

    def check_ready(self) -> None:
        """It always is."""

    async def transcribe(self, recording: Recording | None, notes: Notes) -> Transcript:
        """A transcript that says plainly that nobody listened; its language is not known."""
        if recording is None:
            return Transcript(language=None, text=f"{_NO_CONTENT}\n{_NOT_CONFIGURED}", segments=())
        segments = _segments(recording.duration_s)
        await notes.progress(1.0)
        return Transcript(language=None, text=_NOT_CONFIGURED, segments=segments)


def _segments(duration_s: float) -> tuple[Segment, ...]:
    """Segments of equal length that cover the recording from 0 to its end, without gaps."""
    count = min(max(1, ceil(duration_s / _SEGMENT_S)), _MOST_SEGMENTS)
    edges = [round(duration_s * number / count, 3) for number in range(count + 1)]
    return tuple(Segment(start_s=start, end_s=end, text=_PASSAGE) for start, end in pairwise(edges))
