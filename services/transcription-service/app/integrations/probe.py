"""Looking into media files, in child processes with limits (`app.integrations.mediainfo`)."""

import asyncio
from pathlib import Path

from pydantic import BaseModel

from app.core.transcriptions import FailureCode, TranscriptionError
from app.services.ports import Recording
from common.children import ChildFailed, Children

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT_S = 30.0


class _Found(BaseModel):
    tracks: list[str]
    duration_s: float | None


class ChildProbe:
    """The real `services.ports.MediaProbe`: up to `count` files at a time."""

    def __init__(self, count: int) -> None:
        self._children = Children("app.integrations.mediainfo", _SERVICE_ROOT, count)

    async def close(self) -> None:
        """Ends the children."""
        await self._children.close()

    async def open(self, file: Path) -> Recording:
        """The recording in a file; its duration is the media's own.

        Raises TranscriptionError `media_unreadable` and `no_audio_track`.
        """
        found = await self._look_into(file)
        if not {"Video", "Audio"} & set(found.tracks) or not found.duration_s:
            raise _unreadable("it is no video or audio, or is broken")
        if "Audio" not in found.tracks:
            raise TranscriptionError(FailureCode.NO_AUDIO_TRACK, "the recording has no sound")
        return Recording(file, found.duration_s)

    async def _look_into(self, file: Path) -> _Found:
        try:
            async with self._children.child() as child, asyncio.timeout(_TIMEOUT_S):
                await child.ask(str(file))
                return _Found.model_validate_json(await child.hear())
        except TimeoutError:
            raise _unreadable(f"looking into it took over {_TIMEOUT_S:.0f} s") from None
        except ChildFailed as error:
            raise _unreadable(f"looking into it {error}") from error


def _unreadable(reason: str) -> TranscriptionError:
    return TranscriptionError(
        FailureCode.MEDIA_UNREADABLE, f"the content cannot be read as media: {reason}"
    )
