"""What Prometheus is told at `/metrics`: docs/observability.md says what to do about it."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

HTTP_REQUESTS = Histogram(
    "http_request_duration_seconds",
    "How long requests took",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OUTBOX_PUBLISHED = Counter("outbox_published", "Events that the broker acknowledged")
OUTBOX_WAITING = Gauge("outbox_waiting", "Events that the broker has not acknowledged yet")
OUTBOX_KEYS_HELD = Gauge(
    "outbox_keys_held", "POIs whose events wait behind one that is too large for the broker"
)
OUTBOX_OLDEST = Gauge("outbox_oldest_seconds", "Age of the oldest event that waits")
ROWS_PURGED = Counter("rows_purged", "Rows that had served their purpose", ["table"])

EVENTS_CONSUMED = Counter("events_consumed", "Records that were received", ["topic", "outcome"])
EVENTS_WAITING = Gauge(
    "events_waiting", "Records of an assigned partition still to handle", ["topic", "partition"]
)
EVENT_DELAY = Histogram(
    "event_delay_seconds",
    "From when an event occurred until it was handled here",
    ["topic"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 1800, 7200, 86400),
)

JOBS = Gauge("jobs", "Background jobs: due, in_hand, or waiting for later", ["kind", "state"])
JOBS_OLDEST_DUE = Gauge("jobs_oldest_due_seconds", "For how long a job has been due", ["kind"])
JOBS_RUN = Counter("jobs_run", "Attempts at background jobs", ["kind", "outcome"])
JOB_DURATION = Histogram(
    "job_duration_seconds",
    "How long attempts took",
    ["kind", "outcome"],
    buckets=(0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800),
)

PEER_CALLS = Counter("peer_calls", "Calls to other services", ["peer", "outcome"])

DATABASE_UP = Gauge("database_up", "Whether the database answers: 1 or 0")
DATABASE_CONNECTIONS = Gauge("database_connections", "Connections of this process", ["state"])
DATABASE_WAITING = Gauge("database_waiting", "What waits in this process for a connection")


async def metrics(_: Request) -> Response:
    """The endpoint: everything that this process has counted, in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
