"""Every claim about a build is made for each of them."""

import pytest
from deploy.builds import Build, build, names


@pytest.fixture(params=names())
def built(request: pytest.FixtureRequest) -> Build:
    name: str = request.param
    return build(name)


@pytest.fixture
def production() -> Build:
    return build("overlays/production")
