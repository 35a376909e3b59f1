"""Looking into files, in child processes with limits (`app.integrations.inspector`)."""

import asyncio
import json
import os
import signal
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from app.core.media import Media
from common.children import ChildFailed, Children
from common.errors import DependencyUnavailable, Unprocessable

_SERVICE_ROOT = Path(__file__).resolve().parents[2]
_TIMEOUT_S = 60.0
_MOST_CHILDREN = 4


class _Refusal(BaseModel, extra="forbid"):
    code: str
    detail: str


_ANSWER: TypeAdapter[Media | _Refusal] = TypeAdapter(Media | _Refusal)


class ChildInspector:
    """The real `services.ports.Inspector`: about as many files at a time as processors."""

    def __init__(self, *, max_megapixels: int) -> None:
        count = min(os.cpu_count() or 1, _MOST_CHILDREN)
        self._children = Children("app.integrations.inspector", _SERVICE_ROOT, count)
        self._max_megapixels = max_megapixels

    async def close(self) -> None:
        """Ends the children."""
        await self._children.close()

    async def inspect(self, file: Path) -> Media:
        """What the file is.

        Raises Unprocessable and DependencyUnavailable.
        """
        answer = await self._look_into(file)
        if isinstance(answer, Media):
            return answer
        raise Unprocessable(answer.detail, code=answer.code)

    async def _look_into(self, file: Path) -> Media | _Refusal:
        request = {"file": str(file), "max_megapixels": self._max_megapixels}
        try:
            async with self._children.child() as child, asyncio.timeout(_TIMEOUT_S):
                await child.ask(json.dumps(request))
                return _ANSWER.validate_json(await child.hear())
        except TimeoutError:
            return _unreadable(f"looking into it took over {_TIMEOUT_S:.0f} s")
        except ChildFailed as error:
            if error.killed_by is signal.SIGKILL:  # by the kernel, which is short of memory
                raise DependencyUnavailable("there is no memory to look into the file") from error
            return _unreadable(f"looking into it {error}")


def _unreadable(reason: str) -> _Refusal:
    return _Refusal(code="content_unreadable", detail=f"the file cannot be read: {reason}")
