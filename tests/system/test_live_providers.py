"""The live providers as `make dev FAKE_PROVIDERS=true` has them: played by fakes, the rest real."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.system.platform import Platform, register_with_photos, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

OPENAI_PORT, RUNWAY_PORT = 9901, 9902


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder = tmp_path_factory.mktemp("live")
    with Platform.started(folder, FAKE_PROVIDERS="true") as platform:
        yield platform


def asked(platform: Platform, port: int) -> list[dict[str, Any]]:
    """What came in at a fake."""
    offset = int(platform.addresses["poi"].rpartition(":")[2]) - 8001
    requests = httpx.get(f"http://127.0.0.1:{port + offset}/_fake/requests").json()
    return list(requests)


def test_a_film_is_written_bought_and_spoken_by_providers_each_thing_once(
    platform: Platform, tmp_path: Path
) -> None:
    poi = register_with_photos(platform, tmp_path, ["facade", "salon"])
    query = {"poi_id": poi["id"], "duration_s": 15}
    script = platform.call("script", "POST", "/scripts/generate", params=query)
    assert (script["provider"], script["fallback"]) == ("openai", False)

    def look() -> dict[str, Any] | None:
        renders = platform.call("render", "GET", "/renders", params={"poi_id": poi["id"]})
        assert all(render["status"] != "failed" for render in renders), renders
        return next((each for each in renders if each["status"] == "completed"), None)

    render = until(look)
    bought = [scene for scene in render["scenes"] if scene["provider"] == "runway"]
    assert len(bought) == 2
    (day,) = platform.call("render", "GET", "/renders/spending")
    assert day["charged_credits"] == sum(scene["credits"] for scene in bought) == 50
    manifest = platform.call("render", "GET", render["manifest_url"])
    assert manifest["voice"]["problem"] is None
    origins = [scene["origin"] for scene in manifest["scenes"][:2]]
    assert origins == ["AI-generated from a photograph"] * 2

    paths = [each["path"].rpartition("/")[2] for each in asked(platform, OPENAI_PORT)]
    said = {scene["narration"] for scene in script["scenes"] if scene["narration"]}
    assert paths.count("responses") == 2 + 1, "each photo is looked at, the script written"
    assert paths.count("speech") == len(said)
    creates = [each for each in asked(platform, RUNWAY_PORT) if "image_to_video" in each["path"]]
    assert len(creates) == 2
