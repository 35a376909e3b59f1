"""The one composition that all services share: middleware, errors, health, metrics, lifespan."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from common.background import Background, running
from common.config import ServiceSettings
from common.db import Database
from common.health import database_checks, health_router
from common.idempotency import Idempotency
from common.kafka.publisher import Publisher
from common.middleware.auth import ApiKeyMiddleware
from common.middleware.body_limit import BodyLimit, BodyLimitMiddleware, json_limit
from common.middleware.correlation import CorrelationMiddleware
from common.migrations import Revisions
from common.outbox import Outbox, OutboxRelay
from common.problems import MEDIA_TYPE, ProblemDetails, install_problem_handlers
from common.telemetry import metrics


@dataclass(frozen=True, slots=True)
class Platform:
    """What `create_app` and a service's `main.py` build upon: one per process."""

    settings: ServiceSettings
    database: Database
    outbox: Outbox
    publisher: Publisher

    @classmethod
    def of(cls, settings: ServiceSettings) -> "Platform":
        """Nothing of it connects before the app starts."""
        return cls(
            settings=settings,
            database=Database(settings),
            outbox=Outbox(),
            publisher=Publisher(settings.kafka_bootstrap_servers, client_id=settings.service_name),
        )


@dataclass(frozen=True, slots=True)
class Service:
    """What is a service's own: its endpoints, its background work, its documents."""

    title: str
    root: Path
    routers: Sequence[APIRouter]
    workers: Sequence[Background] = ()
    body_limit: BodyLimit = json_limit
    codes: dict[str, str] = field(default_factory=dict)
    on_close: Sequence[Callable[[], Awaitable[None]]] = ()
    state: dict[str, Any] = field(default_factory=dict)


def create_app(platform: Platform, service: Service) -> FastAPI:
    """The FastAPI app of a service.

    `service.workers` run unless ROLE=api; the endpoints are there unless ROLE=worker; the outbox
    is relayed in every role. `service.codes` are the service's own error codes with what they
    mean, for the OpenAPI document. `service.state` is put on `app.state`.
    """
    settings = platform.settings
    app = FastAPI(
        title=service.title,
        lifespan=_lifespan(platform, service),
        responses=_documented_problems(service.codes),
        generate_unique_id_function=_operation_id,
        openapi_tags=None,
        swagger_ui_parameters={"persistAuthorization": True},
    )
    app.state.database = platform.database
    app.state.outbox = platform.outbox
    app.state.idempotency = Idempotency(platform.database)
    for name, value in service.state.items():
        setattr(app.state, name, value)
    install_problem_handlers(app)
    app.include_router(
        health_router(database_checks(platform.database, Revisions.of(service.root)))
    )
    app.add_route("/metrics", metrics, include_in_schema=False)
    if settings.serves_api:
        for router in service.routers:
            app.include_router(router)
    app.add_middleware(BodyLimitMiddleware, limit=service.body_limit)
    app.add_middleware(ApiKeyMiddleware, keys=settings.api_keys)
    app.add_middleware(CorrelationMiddleware)
    return app


def _lifespan(platform: Platform, service: Service) -> Callable[[FastAPI], Any]:
    relay = OutboxRelay(platform.database, platform.outbox, platform.publisher)
    loops = [relay, *(service.workers if platform.settings.works else ())]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await platform.database.open()
            stack.push_async_callback(platform.database.close)
            stack.push_async_callback(platform.publisher.close)
            for close in service.on_close:
                stack.push_async_callback(close)
            await stack.enter_async_context(running(loops))
            yield

    return lifespan


def _operation_id(route: APIRoute) -> str:
    """Stable names for generated clients: the endpoint's own name."""
    return route.name


def _documented_problems(codes: dict[str, str]) -> dict[int | str, dict[str, Any]]:
    listed = "".join(f"\n- `{code}`: {meaning}" for code, meaning in sorted(codes.items()))
    return {
        "4XX": {
            "description": f"A refusal.{listed and ' Codes of this service:'}{listed}",
            "content": {MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}},
        }
    }
