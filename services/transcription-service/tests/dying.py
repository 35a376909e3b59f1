"""A worker in a process of its own, to be killed while it transcribes: `python -m tests.dying`.

Everything but where the recording comes from is as in the service.
"""

import asyncio
import sys
from pathlib import Path

from pydantic import BaseModel

from app.core.config import Settings
from app.integrations.audio import ChildEar
from app.integrations.probe import ChildProbe
from common.db import Database
from common.jobs import Jobs
from contracts.asset import Asset
from devstack.fakes.openai import FakeOpenAI
from tests.live import Live
from tests.support import EXPIRED, Bench, Shelf


class Orders(BaseModel):
    """Where the worker works, and on what."""

    postgres_host: str
    openai_url: str
    asset: Asset
    recording: Path
    longest_piece_s: float


async def _work(orders: Orders) -> None:
    database = Database(Settings(postgres_host=orders.postgres_host, postgres_port=5432))
    await database.open()
    bench = Bench(database, Jobs(database), ChildProbe(count=1))
    ear = ChildEar(count=1, longest_piece_s=orders.longest_piece_s)
    live = Live(bench, ear, FakeOpenAI(), orders.openai_url)
    async with live.transcriber() as transcriber:
        job = await bench.claim(EXPIRED)
        await bench.run(job, Shelf.of(orders.asset, orders.recording), transcriber)


if __name__ == "__main__":
    asyncio.run(_work(Orders.model_validate_json(sys.argv[1])))
