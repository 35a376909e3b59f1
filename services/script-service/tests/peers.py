"""poi-service and asset-service as script-service sees them: answers over an httpx transport."""

import httpx

from contracts.asset import Asset
from contracts.poi import Poi


class Peers:
    """Both peers; set `down` to the name of one to make it answer 503."""

    def __init__(self) -> None:
        self.pois: dict[str, Poi] = {}
        self.assets: list[Asset] = []
        self.contents: dict[str, bytes] = {}
        self.down: str | None = None
        self.calls: list[httpx.Request] = []
        self.transport = httpx.MockTransport(self._answer)

    def register(self, poi: Poi, *assets: Asset) -> Poi:
        self.pois[str(poi.id)] = poi
        self.assets += [asset.model_copy(update={"poi_id": poi.id}) for asset in assets]
        return poi

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        wanted = "poi-service" if request.url.port == 8001 else "asset-service"
        if self.down == wanted:
            return httpx.Response(503, headers={"Retry-After": "2"})
        if request.url.path.endswith("/content"):
            content = self.contents.get(request.url.path.split("/")[2])
            return httpx.Response(404) if content is None else httpx.Response(200, content=content)
        if wanted == "asset-service":
            poi_id = request.url.params["poi_id"]
            of_poi = [asset for asset in self.assets if str(asset.poi_id) == poi_id]
            return httpx.Response(200, json=[asset.model_dump(mode="json") for asset in of_poi])
        poi = self.pois.get(request.url.path.rpartition("/")[2])
        if poi is None:
            return httpx.Response(404, json={"code": "not_found"})
        return httpx.Response(200, json=poi.model_dump(mode="json"))
