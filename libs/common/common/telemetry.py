"""What Prometheus is told at `/metrics`."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

HTTP_REQUESTS = Histogram(
    "http_request_duration_seconds",
    "How long requests took",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OUTBOX_PUBLISHED = Counter("outbox_published", "Events that the broker acknowledged")
EVENTS_CONSUMED = Counter("events_consumed", "Records that were received", ["topic", "outcome"])
JOBS_RUN = Counter("jobs_run", "Attempts at background jobs", ["kind", "outcome"])


async def metrics(_: Request) -> Response:
    """The endpoint: everything that this process has counted, in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
