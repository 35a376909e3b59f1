"""A worker that is killed (SIGKILL) at one point around a paid call: `python -m tests.live.dying`.

Everything but the killing is the real thing: the provider hands each call on to the real SDK.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from app.core.clips import ClipOrder
from app.core.config import Settings
from app.integrations.runway import Runway
from app.services.provider import Accepted, Account, Task
from common.db import Database
from common.jobs import Jobs
from common.storage import Storage
from devstack.fakes.runway import FakeRunway
from tests.live.stage import KEY, Set
from tests.support import Album, Workshop

Point = Literal[
    "before_intent", "after_intent", "after_accept", "after_submitted", "after_download"
]


class Orders(BaseModel):
    """Where the worker works, and when it dies."""

    point: Point
    postgres_host: str
    storage_url: str
    runway_url: str
    photos: dict[UUID, Path]


@dataclass
class MortalProvider:
    """A provider whose user is killed at a point (`services.provider.ClipProvider`)."""

    provider: Runway
    point: Point

    def _maybe_die(self, point: Point) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    async def upload(self, picture: Path) -> str:
        address = await self.provider.upload(picture)
        self._maybe_die("before_intent")
        return address

    async def create(self, order: ClipOrder, picture: str) -> Accepted:
        self._maybe_die("after_intent")
        answer = await self.provider.create(order, picture)
        self._maybe_die("after_accept")
        return answer

    async def task(self, task_id: str) -> Task:
        self._maybe_die("after_submitted")
        return await self.provider.task(task_id)

    async def download(self, url: str, target: Path) -> None:
        await self.provider.download(url, target)
        self._maybe_die("after_download")

    async def cancel(self, task_id: str) -> None:
        await self.provider.cancel(task_id)

    async def account(self, model: str) -> Account:
        return await self.provider.account(model)


async def _work(orders: Orders) -> None:
    settings = Settings(postgres_host=orders.postgres_host, postgres_port=5432)
    database = Database(settings)
    await database.open()
    runway = Runway(api_key=KEY, base_url=orders.runway_url, create_timeout_s=20)
    workshop = Workshop(database, Jobs(database), Storage.at(orders.storage_url))
    live = Set(workshop, FakeRunway(), MortalProvider(runway, orders.point), Album(orders.photos))
    while await live.turn(lease=timedelta(seconds=-1)):
        pass


if __name__ == "__main__":
    asyncio.run(_work(Orders.model_validate_json(sys.argv[1])))
