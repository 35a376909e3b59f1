"""What keeping assets needs of the world outside; `app.integrations` has the real one."""

from pathlib import Path
from typing import Protocol

from app.core.media import Media


class Inspector(Protocol):
    """Looks into files."""

    async def inspect(self, file: Path) -> Media:
        """What a file is, also when it is nothing that is taken.

        Raises Unprocessable `content_unreadable` and `image_too_large`, and DependencyUnavailable.
        """
        ...
