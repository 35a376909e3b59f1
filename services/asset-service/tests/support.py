"""What the tests of asset-service share."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from app.services.discarding import DISCARD_JOB, DiscardJob
from common.correlation import bound_correlation_id
from common.db import Database
from common.jobs import Jobs
from common.models import OutboxRow
from common.storage import Storage

LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Agency:
    """A caller that keeps files of one POI, and a look behind the service."""

    client: httpx.AsyncClient
    database: Database
    storage: Storage
    root: Path
    poi_id: str

    async def create(self, **fields: Any) -> dict[str, Any]:
        answer = await self.client.post(
            "/assets", json={"poi_id": self.poi_id, "name": "Photo", **fields}
        )
        assert answer.status_code == 201, answer.text
        asset: dict[str, Any] = answer.json()
        return asset

    async def upload(
        self, content: bytes, file_name: str = "photo.jpg", **fields: Any
    ) -> httpx.Response:
        headers = fields.pop("headers", {})
        return await self.client.post(
            "/assets/upload",
            data={"poi_id": self.poi_id, **fields},
            files={"file": (file_name, content)},
            headers=headers,
        )

    async def uploaded(
        self, content: bytes, file_name: str = "photo.jpg", **fields: Any
    ) -> dict[str, Any]:
        answer = await self.upload(content, file_name, **fields)
        assert answer.status_code == 201, answer.text
        asset: dict[str, Any] = answer.json()
        return asset

    async def put(self, asset_id: str, content: Any) -> httpx.Response:
        return await self.client.put(f"/assets/{asset_id}/content", content=content)

    async def shown(self, asset_id: str) -> dict[str, Any]:
        asset: dict[str, Any] = (await self.client.get(f"/assets/{asset_id}")).json()
        return asset

    async def content(self, asset_id: str) -> bytes:
        answer = await self.client.get(f"/assets/{asset_id}/content")
        assert answer.status_code == 200, answer.text
        return answer.content

    def place(self, path: str, content: bytes) -> Path:
        """A file under the asset root that the service has not put there."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    async def events(self) -> list[dict[str, Any]]:
        """The envelopes in the outbox, oldest first; each keyed by the POI."""
        async with self.database.connection() as queries:
            rows = await queries.all(
                select(OutboxRow.key, OutboxRow.topic, OutboxRow.value).order_by(OutboxRow.id)
            )
        envelopes = [json.loads(bytes(row["value"])) for row in rows]
        assert {row["topic"] for row in rows} <= {"asset.events"}
        assert [row["key"] for row in rows] == [e["payload"]["poi_id"] for e in envelopes]
        return envelopes

    async def files(self) -> set[str]:
        """What the service keeps under the root, once its jobs that are due have been done."""
        jobs = Jobs(self.database)
        while job := await jobs.claim([DISCARD_JOB], LEASE):
            with bound_correlation_id(job.correlation_id):
                await DiscardJob(self.storage).run(job)
        kept = [*self.root.glob("uploads/*"), *self.root.glob(".incoming/*")]
        return {str(file.relative_to(self.root)) for file in kept}

    async def assert_nothing_is_kept(self) -> None:
        """No asset, no event, no file."""
        assert (await self.client.get("/assets")).json() == []
        assert await self.events() == []
        assert await self.files() == set()
