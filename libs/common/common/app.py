"""The one composition that all services share: middleware, errors, health, metrics, lifespan."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from common.background import Background, running
from common.backlog import BacklogGauges
from common.config import ServiceSettings
from common.db import Database
from common.health import database_checks, health_router
from common.housekeeping import Housekeeping
from common.idempotency import Idempotency
from common.kafka.publisher import Publisher
from common.middleware.auth import OPEN_PATHS, SECURITY_SCHEME, ApiKeyMiddleware
from common.middleware.body_limit import BodyLimit, BodyLimitMiddleware, json_limit
from common.middleware.correlation import CorrelationMiddleware
from common.migrations import Revisions
from common.outbox import Outbox
from common.problems import MEDIA_TYPE, install_problem_handlers, problem_schema
from common.relay import OutboxRelay
from common.telemetry import metrics

_RELAY_STOP_S = 3.0


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

    `service.workers` and the housekeeping run unless ROLE=api; the endpoints are there unless
    ROLE=worker; the outbox is relayed in every role. `service.codes` are the service's own error
    codes with what they mean, for the OpenAPI document. `service.state` is put on `app.state`.
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
    if settings.serves_api:
        for router in service.routers:
            app.include_router(router)
    app.include_router(
        health_router(database_checks(platform.database, Revisions.of(service.root)))
    )
    app.add_route("/metrics", metrics, include_in_schema=False)
    _describe_key(app)
    app.add_middleware(BodyLimitMiddleware, limit=service.body_limit)
    app.add_middleware(ApiKeyMiddleware, keys=settings.api_keys)
    app.add_middleware(CorrelationMiddleware)
    return app


def _lifespan(platform: Platform, service: Service) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """The relay outlives the workers, and so sends what they told last."""
        relay = OutboxRelay(platform.database, platform.outbox, platform.publisher)
        async with AsyncExitStack() as stack:
            await platform.database.open()
            stack.push_async_callback(platform.database.close)
            stack.push_async_callback(platform.publisher.close)
            for close in service.on_close:
                stack.push_async_callback(close)
            await stack.enter_async_context(running([relay], stop_timeout_s=_RELAY_STOP_S))
            await stack.enter_async_context(running(_loops(platform, service)))
            yield

    return lifespan


def _loops(platform: Platform, service: Service) -> list[Background]:
    """What runs beside the requests, but for the relay."""
    gauges = BacklogGauges(platform.database)
    if not platform.settings.works:
        return [gauges]
    return [gauges, Housekeeping(platform.database), *service.workers]


def _operation_id(route: APIRoute) -> str:
    """Stable names for generated clients: the endpoint's own name."""
    return route.name


def _describe_key(app: FastAPI) -> None:
    """Says in the OpenAPI document which requests need the key, and where it goes."""
    without_key = app.openapi

    def with_key() -> dict[str, Any]:
        document = without_key()
        document.setdefault("components", {})["securitySchemes"] = {"ApiKey": SECURITY_SCHEME}
        document["security"] = [{"ApiKey": []}]
        for path in OPEN_PATHS & document["paths"].keys():
            for operation in document["paths"][path].values():
                operation["security"] = []
        return document

    app.openapi = with_key  # type: ignore[method-assign]


def _documented_problems(codes: dict[str, str]) -> dict[int | str, dict[str, Any]]:
    listed = "".join(f"\n- `{code}`: {meaning}" for code, meaning in sorted(codes.items()))
    refusal = f"A refusal.{listed and ' Codes of this service:'}{listed}"
    failure = "A failure: 503 with `Retry-After` while something that is needed is down."
    content = {MEDIA_TYPE: {"schema": problem_schema()}}
    return {
        "4XX": {"description": refusal, "content": content},
        "5XX": {"description": failure, "content": content},
    }
