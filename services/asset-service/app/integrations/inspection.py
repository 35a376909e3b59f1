"""Looking into files, in a child process with limits (`app.integrations.inspector`)."""

import asyncio
import os
import signal
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from app.core.media import Media
from common.children import ChildFailed, answer_of
from common.errors import DependencyUnavailable, Unprocessable, UnsupportedMediaType

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT_S = 60.0


class _Refusal(BaseModel, extra="forbid"):
    code: str | None
    detail: str


_ANSWER: TypeAdapter[Media | _Refusal] = TypeAdapter(Media | _Refusal)


class ChildInspector:
    """The real `services.ports.Inspector`: as many children at a time as there are processors."""

    def __init__(self, *, max_megapixels: int) -> None:
        self._max_megapixels = max_megapixels
        self._turns = asyncio.Semaphore(os.cpu_count() or 1)

    async def inspect(self, file: Path) -> Media:
        """What the file is.

        Raises UnsupportedMediaType, Unprocessable and DependencyUnavailable.
        """
        async with self._turns:
            answer = await self._ask(file)
        if isinstance(answer, Media):
            return answer
        if answer.code is None:
            raise UnsupportedMediaType(f"the file {answer.detail}")
        raise Unprocessable(answer.detail, code=answer.code)

    async def _ask(self, file: Path) -> Media | _Refusal:
        try:
            answer = await answer_of(
                "app.integrations.inspector",
                *(str(file), str(self._max_megapixels)),
                root=_SERVICE_ROOT,
                timeout_s=_TIMEOUT_S,
            )
        except ChildFailed as error:
            if error.killed_by is signal.SIGKILL:  # by the kernel, which is short of memory
                raise DependencyUnavailable("there is no memory to look into the file") from error
            return _Refusal(code="content_unreadable", detail=f"the file cannot be read: {error}")
        return _ANSWER.validate_json(answer)
