"""A service for the tests of common: it takes orders, each of which is a job and an event.

`python -m tests.shop.main` runs it like any other.
"""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import bindparam, select

from common.app import Platform, Service, create_app
from common.config import ServiceSettings
from common.db import Transaction
from common.dependencies import Events, Reads, Writes
from common.errors import DependencyUnavailable, NotFoundError, WorkflowError
from common.idempotency import IdempotentRoute
from common.ids import new_id
from common.jobs import Jobs
from common.kafka.consumer import EventConsumer
from common.kafka.records import Event
from common.models import JobRow
from common.pagination import Page
from common.server import run
from contracts.base import Given
from contracts.events import EventType
from contracts.poi import Poi
from tests.support import make_poi

ROOT = Path(__file__).parent
KIND = "order"

router = APIRouter(route_class=IdempotentRoute)


class Settings(ServiceSettings):
    """Those of the shop."""

    service_name: str = "shop"
    port: int = 8000
    postgres_db: str = "shop"


class Order(Given):
    """What is ordered; some names make trouble, as `_prepare` says."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)]
    count: Annotated[int, Field(ge=1)] = 1


class Kept(BaseModel):
    """An order that was taken."""

    id: UUID


@router.post("/orders", status_code=201)
async def take(
    order: Order, tx: Writes, events: Events, request: Request, response: Response
) -> Kept:
    """Takes an order."""
    await _prepare(order, request)
    kept = Kept(id=new_id())
    await Jobs(request.app.state.database).enqueue(tx, KIND, kept.id, order.model_dump())
    await events.add(tx, EventType.POI_UPDATED, make_poi(order.name))
    response.headers["Location"] = f"/orders/{kept.id}"
    return kept


@router.get("/orders")
async def find(queries: Reads, page: Page) -> list[Kept]:
    """Orders, newest first."""
    wanted = select(JobRow.subject_id).order_by(JobRow.subject_id.desc()).limit(page.fetch)
    if page.before is not None:
        wanted = wanted.where(JobRow.subject_id < page.before)
    return page.cut([Kept(id=row["subject_id"]) for row in await queries.all(wanted)])


@router.get("/orders/{order_id}")
async def show(order_id: UUID, queries: Reads) -> Kept:
    """One order."""
    wanted = select(JobRow.subject_id).where(JobRow.subject_id == bindparam("order_id"))
    if await queries.one(wanted, order_id=order_id) is None:
        raise NotFoundError(f"there is no order {order_id}")
    return Kept(id=order_id)


@router.get("/slow")
async def slow() -> str:
    """Takes its time."""
    await asyncio.sleep(1)
    return "at last"


async def _prepare(order: Order, request: Request) -> None:
    match order.name:
        case "a bug":
            raise RuntimeError("the password is hunter2")
        case "a supplier that is down":
            raise DependencyUnavailable("the supplier cannot be reached")
        case "something sold out":
            raise WorkflowError("there is none left", code="sold_out")
        case "something slow":
            request.app.state.waiting.set()
            await request.app.state.gate.wait()
        case _:
            return


async def _heard(_: Transaction, __: Event[Poi]) -> None:
    """The shop listens to itself, and has nothing to do about it."""


def build(settings: Settings) -> FastAPI:
    """The app."""
    platform = Platform.of(settings)
    consumer = EventConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        group=settings.service_name,
        database=platform.database,
        publisher=platform.publisher,
        handlers={EventType.POI_UPDATED: _heard},
    )
    return create_app(
        platform,
        Service(
            title="shop",
            root=ROOT,
            routers=[router],
            workers=[consumer],
            codes={"sold_out": "there is none left"},
            state={"gate": asyncio.Event(), "waiting": asyncio.Event()},
        ),
    )


if __name__ == "__main__":
    run(Settings, build, ROOT)
