"""Promise 8: the key is in no log, error, event or row."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import text

from app.core.config import Settings
from app.integrations.runway import Runway
from common.logging import configure_logging
from devstack.fakes.faults import Fault
from devstack.fakes.runway import CREATE
from devstack.fakes.runway_tasks import Behaviour
from tests.live.stage import KEY, Set

REPEATS = {"error": f"The key {KEY} is not valid."}


async def _everything_written(live: Set) -> str:
    """Every row of every table, as JSON."""
    rows = []
    async with live.workshop.database.connection() as queries:
        for table in ("renders", "render_scenes", "attempts", "provider_queues", "jobs", "outbox"):
            found = await queries.all(text(f"SELECT to_jsonb(t) AS row FROM {table} t"))
            rows += [json.dumps(each["row"]) for each in found]
            if table == "outbox":
                values = await queries.all(text("SELECT value FROM outbox"))
                rows += [each["value"].decode() for each in values]
    assert len(rows) > 5
    return "\n".join(rows)


@pytest.mark.parametrize("path", ["/v1/uploads", CREATE, "/v1/organization"])
async def test_a_provider_that_repeats_the_key_does_not_spread_it(
    live: Set, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    live.fake.will(Fault(path=path, status=401, body=REPEATS))
    live.fake.next_calls(Behaviour(), Behaviour(call="dropped_after_accept"))
    await live.order_photos(2)
    for _ in range(4):
        await live.turn()
    assert KEY not in await _everything_written(live)
    assert KEY not in "".join(capfd.readouterr())


@pytest.fixture
def logged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged as a service logs it, at LOG_LEVEL=DEBUG."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers, root.level
    monkeypatch.setattr(sys, "stdout", out)
    secret = {"runway_api_key": SecretStr(KEY), "log_level": "DEBUG"}
    configure_logging(settings.model_copy(update=secret))
    yield out
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def test_logs_hide_the_key_at_their_most_talkative(
    runway: Runway, logged: io.StringIO
) -> None:
    await runway.account("gen4_turbo")
    logging.getLogger("runwayml").debug("Authorization: Bearer %s", KEY)
    said = logged.getvalue()
    assert "/v1/organization" in said
    assert "Bearer ***" in said
    assert KEY not in said
