"""Taking the sound out of recordings, in child processes (`app.integrations.extraction`)."""

import asyncio
import io
import json
import wave
from array import array
from pathlib import Path

from app.core.pieces import LONGEST_PIECE_S, SAMPLE_RATE, Span, cut
from app.core.transcriptions import FailureCode, TranscriptionError
from app.services.ports import Recording, Sound
from common.children import ChildFailed, Children

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
#: A machine may be busy, but not for ever: wall-clock seconds for each second of media.
_PATIENCE, _LEAST_TIMEOUT_S = 2.0, 120.0


class ChildEar:
    """The real `services.ports.Ear`: up to `count` recordings at a time."""

    def __init__(self, count: int, *, longest_piece_s: float = LONGEST_PIECE_S) -> None:
        self._children = Children("app.integrations.extraction", _SERVICE_ROOT, count)
        self._longest_piece_s = longest_piece_s

    async def close(self) -> None:
        """Ends the children."""
        await self._children.close()

    async def listen(self, recording: Recording) -> Sound:
        """The sound of a recording, kept in files beside it.

        Raises TranscriptionError `media_unreadable`.
        """
        wav, levels = recording.file.with_suffix(".wav"), recording.file.with_suffix(".levels")
        request = {
            "source": str(recording.file),
            "wav": str(wav),
            "levels": str(levels),
            "most_s": recording.duration_s + 1,
        }
        timeout_s = _LEAST_TIMEOUT_S + recording.duration_s * _PATIENCE
        try:
            async with self._children.child() as child, asyncio.timeout(timeout_s):
                await child.ask(json.dumps(request))
                reason = (await child.hear()).strip()
        except TimeoutError:
            reason = f"it took more than {timeout_s:.0f} s"
        except ChildFailed as error:
            reason = str(error)
        if reason:
            raise TranscriptionError(
                FailureCode.MEDIA_UNREADABLE, f"the sound cannot be decoded: {reason}"
            )
        pieces = await asyncio.to_thread(self._cut, levels)

        async def piece(span: Span) -> bytes:
            return await asyncio.to_thread(_piece, wav, span)

        return Sound(tuple(pieces), piece)

    def _cut(self, levels: Path) -> list[Span]:
        measured = array("f")
        measured.frombytes(levels.read_bytes())
        return cut(measured, self._longest_piece_s)


def _piece(wav: Path, span: Span) -> bytes:
    """A part of a WAV file as a WAV file."""
    target = io.BytesIO()
    with wave.open(str(wav)) as whole, wave.open(target, "wb") as part:
        part.setparams(whole.getparams())
        whole.setpos(min(round(span.start_s * SAMPLE_RATE), whole.getnframes()))
        part.writeframes(whole.readframes(round((span.end_s - span.start_s) * SAMPLE_RATE)))
    return target.getvalue()
