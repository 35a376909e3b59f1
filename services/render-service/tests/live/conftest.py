from collections.abc import AsyncIterator, Iterator
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
def fake() -> FakeRunway:
    return FakeRunway(key=KEY)


@pytest.fixture
def base_url(fake: FakeRunway) -> Iterator[str]:
    with fake.served() as url:
        yield url


@pytest.fixture
async def runway(base_url: str) -> AsyncIterator[Runway]:
    provider = Runway(api_key=KEY, base_url=base_url, create_timeout_s=CREATE_TIMEOUT_S)
    yield provider
    await provider.close()


@pytest.fixture
def live(workshop: Workshop, fake: FakeRunway, runway: Runway, tmp_path: Path) -> Set:
    album = Album({uuid4(): photo(tmp_path, f"{number}.jpg") for number in range(3)})
    return Set(workshop, fake, runway, album)
