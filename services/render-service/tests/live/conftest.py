from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from app.integrations.runway import Runway
from devstack.fakes.runway import FakeRunway
from tests.film.stage import photo
from tests.live.stage import KEY, Set
from tests.support import Album, Workshop

CREATE_TIMEOUT_S = 2


@pytest.fixture
async def runway(runway_url: str) -> AsyncIterator[Runway]:
    provider = Runway(api_key=KEY, base_url=runway_url, create_timeout_s=CREATE_TIMEOUT_S)
    yield provider
    await provider.close()


@pytest.fixture
def live(workshop: Workshop, fake_runway: FakeRunway, runway: Runway, tmp_path: Path) -> Set:
    """Live mode, with three photos at hand."""
    fake_runway.key = KEY
    album = Album({uuid4(): photo(tmp_path, f"{number}.jpg") for number in range(3)})
    return Set(workshop, fake_runway, runway, album)
