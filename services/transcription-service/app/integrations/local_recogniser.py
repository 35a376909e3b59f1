"""Speech recognition on this machine, in a child process (`app.integrations.whisper`)."""

import asyncio
import tempfile
from pathlib import Path

from pydantic import BaseModel

from app.core.heard import Heard
from app.core.languages import language_code
from common.children import Children
from common.providers import ProviderError, ProviderFault
from contracts.transcription import Segment

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
#: Seconds for one piece: a large model on a slow machine, and loading it the first time.
_TIMEOUT_S = 600.0


class _Found(BaseModel):
    language: str
    seconds: float
    segments: list[tuple[float, float, str]]


class LocalRecogniser:
    """Whisper in one child of ours (`services.ports.Recogniser`); pieces wait for their turn."""

    provider = "local"

    def __init__(self, folder: Path, *, threads: int, module: str = "app.integrations.whisper"):
        environment = {"STT_LOCAL_MODEL": str(folder), "STT_LOCAL_THREADS": str(threads)}
        self.model = folder.name
        self._children = Children(module, _SERVICE_ROOT, 1, environment)

    async def close(self) -> None:
        """Ends the child."""
        await self._children.close()

    async def recognise(self, wav: bytes, before: str) -> Heard:  # noqa: ARG002 - see `whisper`
        """What is said in a piece. Raises ProviderError, and ChildFailed when the model breaks."""
        with tempfile.TemporaryDirectory(prefix="piece-") as folder:
            file = Path(folder) / "piece.wav"
            await asyncio.to_thread(file.write_bytes, wav)
            try:
                async with self._children.child() as child, asyncio.timeout(_TIMEOUT_S):
                    await child.ask(str(file))
                    found = _Found.model_validate_json(await child.hear())
            except TimeoutError:
                raise ProviderError(
                    ProviderFault.TIMED_OUT, f"the local model took over {_TIMEOUT_S:.0f} s"
                ) from None
        segments = tuple(
            Segment(start_s=start, end_s=end, text=text) for start, end, text in found.segments
        )
        return Heard(
            language=language_code(found.language),
            text=" ".join(segment.text for segment in segments),
            segments=segments,
            seconds=found.seconds,
        )
