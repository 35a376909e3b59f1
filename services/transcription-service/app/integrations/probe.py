"""Looking into media files, in a child process with limits (`app.integrations.mediainfo`)."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from pydantic import BaseModel

from app.core.transcriptions import FailureCode, TranscriptionError
from app.services.ports import Recording

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT_S = 30.0

#: The child's environment holds no secret of ours.
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")


class _Found(BaseModel):
    tracks: list[str]
    duration_s: float | None


class ChildProbe:
    """The real `services.ports.MediaProbe`."""

    async def open(self, file: Path) -> Recording:
        """The recording in a file; its duration is the media's own.

        Raises TranscriptionError `media_unreadable` and `no_audio_track`.
        """
        found = await _look_into(file)
        if not {"Video", "Audio"} & set(found.tracks) or not found.duration_s:
            raise _unreadable("it is no video or audio, or is broken")
        if "Audio" not in found.tracks:
            raise TranscriptionError(FailureCode.NO_AUDIO_TRACK, "the recording has no sound")
        return Recording(file, found.duration_s)


async def _look_into(file: Path) -> _Found:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.integrations.mediainfo", str(file)),
        cwd=_SERVICE_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            answer, _ = await child.communicate()
    except TimeoutError:
        raise _unreadable(f"looking into it took over {_TIMEOUT_S:.0f} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise _unreadable(f"looking into it ended with {child.returncode}")
    return _Found.model_validate_json(answer)


def _unreadable(reason: str) -> TranscriptionError:
    return TranscriptionError(
        FailureCode.MEDIA_UNREADABLE, f"the content cannot be read as media: {reason}"
    )
